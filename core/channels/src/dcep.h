// The two messages of the Data Channel Establishment Protocol (RFC 8832, section 5).
#pragma once

#include <variant>

#include "floe/channels/channel.h"
#include "floe/types/result.h"

namespace floe::channels {

/// RFC 8831, section 8. The other two that it names are deprecated.
inline constexpr sctp::PayloadProtocol kControl{50};
inline constexpr sctp::PayloadProtocol kText{51};
inline constexpr sctp::PayloadProtocol kBinary{53};
inline constexpr sctp::PayloadProtocol kEmptyText{56};
inline constexpr sctp::PayloadProtocol kEmptyBinary{57};

enum class ControlFlaw : std::uint8_t { truncated, unknown_type, unknown_channel_type, too_long };

struct OpenMessage {
  ChannelOptions options;
};
struct AckMessage {};
using ControlMessage = std::variant<OpenMessage, AckMessage>;

Result<ControlMessage, ControlFlaw> parse_control(Bytes bytes);

ByteVector write_open(const ChannelOptions& options);
ByteVector write_ack();

}  // namespace floe::channels
