// What W3C's statistics say of DTLS: members of RTCTransportStats, and two RTCCertificateStats. And
// what they do not count: the records that were discarded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe::signal {

/// W3C's RTCDtlsTransportState.
enum class DtlsState : std::uint8_t { fresh, connecting, connected, closed, failed };

struct CertificateStatistics {
  std::string fingerprint;  ///< "AB:CD:…", SHA-256
  ByteVector der;           ///< empty: it was not kept
};

/// Records that arrived and were discarded. They changed nothing.
struct DiscardedRecords {
  std::uint64_t replayed = 0;    ///< seen before, or too old to tell
  std::uint64_t forged = 0;      ///< not made by the peer, or changed on the way
  std::uint64_t truncated = 0;   ///< datagrams whose end is no whole record
  std::uint64_t unexpected = 0;  ///< of a handshake that is over, or of another one
};

struct DtlsStatistics {
  DtlsState state = DtlsState::fresh;
  std::string_view role = "unknown";  ///< W3C's RTCDtlsRole; known with the peer's parameters
  CertificateStatistics local;
  /// What the handshake came to; empty before its end.
  std::optional<CertificateStatistics> remote = {};
  std::string_view version = {};      ///< four digits: "FEFD"
  std::string_view cipher = {};       ///< IANA's name
  std::string_view srtp_cipher = {};  ///< IANA's name; empty: none was agreed on
  DiscardedRecords discarded = {};    ///< of all components
};

}  // namespace floe::signal
