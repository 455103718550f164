// The actions that the rooms ask of the server, which has the sockets.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <variant>

#include "floe/types/strong_id.h"

namespace floe::signal {

/// The number of a WebSocket, which the server gives once and never again.
using ConnectionId = StrongId<struct ConnectionTag, std::uint64_t>;

struct SendText {
  ConnectionId connection;
  std::string text;
};

/// The rooms have forgotten it already; texts before this one are still to be sent.
struct CloseConnection {
  ConnectionId connection;
  std::uint16_t code = 1000;  ///< RFC 6455, section 7.4
  std::string_view reason;    ///< a literal
};

using RoomAction = std::variant<SendText, CloseConnection>;
using RoomActions = std::deque<RoomAction>;

// Codes for closing, as PROTOCOL.md has them.
inline constexpr std::uint16_t kClosePolicy = 1008;    ///< refused, too late, or flooding
inline constexpr std::uint16_t kCloseReplaced = 4001;  ///< the same client came back elsewhere

}  // namespace floe::signal
