// Reads as much of a datagram of DTLS as whoever looks on can see (RFC 6347, section 4.1).
//
// Apart from core/dtls on purpose: it judges what that sends.
#pragma once

#include <optional>
#include <vector>

#include "floe/types/bytes.h"

namespace floe::sim {

struct DtlsRecord {
  std::uint8_t type;
  std::uint16_t epoch;
  Bytes payload;

  bool is_application_data() const { return type == 23; }
  /// Of epoch 1, everything is encrypted.
  bool is_protected() const { return epoch > 0; }
  /// The 32 bytes by which the first fragment of a ClientHello differs from any other.
  std::optional<Bytes> hello_random() const;
};

/// Empty: `datagram` does not consist of whole records.
std::vector<DtlsRecord> dtls_records(Bytes datagram);

}  // namespace floe::sim
