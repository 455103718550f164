// The records of a datagram (RFC 6347, section 4.1), told apart without their contents.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/types/bytes.h"

namespace floe::dtls {

enum class ContentType : std::uint8_t {
  change_cipher_spec = 20,
  alert = 21,
  handshake = 22,
  application_data = 23,
};

struct Record {
  ContentType type;
  std::uint16_t epoch;
  Bytes payload;
  Bytes whole;  ///< with its header
};

/// Takes the first record off `datagram`; empty when what is left is not a whole one.
std::optional<Record> take_record(Bytes& datagram);

}  // namespace floe::dtls
