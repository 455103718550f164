// A data channel: what it is made of, and what it counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "floe/sctp/association.h"

namespace floe::channels {

/// The channel's SCTP stream, the same number both ways.
using ChannelId = sctp::StreamId;

inline namespace limits {
/// Of both ends together.
inline constexpr std::size_t kChannelsMax = 256;
/// Of a label, and of a protocol, in bytes. RFC 8832, section 5.1, has 65,535.
inline constexpr std::size_t kNameSizeMax = 1024;
/// What send() has taken of one channel and SCTP has not.
inline constexpr std::size_t kBufferedMax = 16 << 20;
}  // namespace limits

/// PROTOCOL.md of core/signal, section 1.5: the messages of such a channel are datagrams.
inline constexpr std::string_view kDatagramProtocol = "floe.datagram.1";

/// As RTCDataChannelInit of W3C has it.
struct ChannelOptions {
  std::string label;
  std::string protocol{};
  sctp::Delivery delivery{};
  /// Both ends make the channel, with the same number; nothing is sent to open it.
  std::optional<ChannelId> negotiated{};
};

/// Label and protocol have kNameSizeMax bytes at most.
inline bool has_short_names(const ChannelOptions& options) {
  return options.label.size() <= kNameSizeMax && options.protocol.size() <= kNameSizeMax;
}

enum class MessageKind : std::uint8_t { text, binary };

struct ChannelCounters {
  std::uint64_t messages_sent = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t messages_received = 0;
  std::uint64_t bytes_received = 0;
  /// Their lifetime was over before they were sent for the first time.
  std::uint64_t messages_expired = 0;
};

}  // namespace floe::channels
