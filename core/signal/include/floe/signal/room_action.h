// The actions that the rooms request from the server, which has the sockets.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <variant>

#include "floe/types/strong_id.h"

namespace floe::signal {

/// The number of a WebSocket. The server never uses a number twice.
using ConnectionId = StrongId<struct ConnectionTag, std::uint64_t>;

struct SendText {
  ConnectionId connection;
  std::string text;
};

/// The rooms have forgotten the connection already; the server must still send the texts of earlier
/// actions.
struct CloseConnection {
  ConnectionId connection;
  std::uint16_t code = 1000;  ///< RFC 6455, section 7.4
  std::string_view reason;    ///< a literal
};

using RoomAction = std::variant<SendText, CloseConnection>;
using RoomActions = std::deque<RoomAction>;

// Close codes of PROTOCOL.md.
inline constexpr std::uint16_t kClosePolicy = 1008;    ///< refused, too late, or flooding
inline constexpr std::uint16_t kCloseReplaced = 4001;  ///< the client joined again elsewhere

}  // namespace floe::signal
