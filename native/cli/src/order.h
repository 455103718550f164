// An order to `floe agent`: one line of input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "floe/channels/channel.h"
#include "floe/ice/candidate.h"
#include "floe/signal/message.h"
#include "floe/types/bytes.h"
#include "floe/types/result.h"

namespace floe::cli {

struct SendOrder {
  ByteVector datagram;
  ice::StreamComponent id = 1;
};
struct OpenChannelOrder {
  channels::ChannelOptions options;
};
struct SendMessageOrder {
  std::uint16_t channel = 0;
  channels::MessageKind kind = channels::MessageKind::text;
  ByteVector message;
};
struct CloseChannelOrder {
  std::uint16_t channel = 0;
};
using ChannelOrder = std::variant<OpenChannelOrder, SendMessageOrder, CloseChannelOrder>;
struct RestartOrder {};
struct StatsOrder {
  std::int64_t id = 0;
};
struct CloseOrder {};
/// The line has a type or command that this version does not know, or is a report of another agent:
/// it is counted, and is no error.
struct UnknownOrder {};

using Order = std::variant<signal::Message, SendOrder, ChannelOrder, RestartOrder, StatsOrder,
                           CloseOrder, UnknownOrder>;

struct OrderError {
  enum class Kind : std::uint8_t { bad_message, bad_command, too_big };
  Kind kind;
  std::string_view text;  ///< a sentence
};

/// An order, or why there is none. Not a Result, since the reason is a text and not an enumerator.
struct ParsedOrder {
  std::optional<Order> order;
  std::optional<OrderError> error;
};

ParsedOrder parse_order(std::string_view line);

}  // namespace floe::cli
