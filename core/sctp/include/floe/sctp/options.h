// What an SCTP association is made of.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "floe/types/time.h"

namespace floe::sctp {

inline namespace limits {
/// Of a message, in bytes, sent or received. A longer message of the peer ends the association.
inline constexpr std::size_t kMessageSizeMax = 1 << 20;
/// Streams each way, as many as a browser asks for. RFC 8831, section 6.2, would have 65,535; each
/// costs memory before it is used.
inline constexpr std::uint16_t kStreamsMax = 1024;
/// Of what is not acknowledged yet; a message that finds no room comes back as `full`.
inline constexpr std::size_t kSendBufferSize = 2 * kMessageSizeMax;
/// The window that the peer is told.
inline constexpr std::size_t kReceiveBufferSize = kMessageSizeMax;
inline constexpr std::size_t kPacketSizeMin = 508;
}  // namespace limits

/// How long messages to a peer may be that announced this size (RFC 8841, section 6); 0: any.
inline std::size_t message_size_to(std::size_t announced) {
  return announced == 0 ? kMessageSizeMax : std::min(announced, kMessageSizeMax);
}

struct Options {
  /// Each end has one port. It is a name and no address (RFC 8841, section 5.1).
  std::uint16_t local_port = 5000;
  std::uint16_t remote_port = 5000;
  /// What one packet may have in bytes, kPacketSizeMin at least. It has to fit one record of DTLS
  /// in one datagram of the path.
  std::size_t packet_size = 1150;
  /// The longest message that the peer may send, up to kMessageSizeMax.
  std::size_t message_size_max = 256 << 10;
  /// As the checks of ICE measured it.
  std::optional<Duration> round_trip{};
};

/// RFC 8832, section 5.1: how a message is delivered. At most one of the two limits.
struct Delivery {
  bool ordered = true;
  std::optional<std::uint16_t> retransmissions_max{};
  std::optional<std::chrono::milliseconds> lifetime_max{};
};

}  // namespace floe::sctp
