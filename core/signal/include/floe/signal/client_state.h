// The states of a signalling client on its way into a room.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::signal {

enum class ClientState : std::uint8_t {
  idle,        ///< join() was not called yet
  connecting,  ///< the channel to the server is being opened
  joining,     ///< the channel is open, and the server has not answered yet
  joined,      ///< in the room
  waiting,     ///< the connection was lost or refused; the next attempt comes after a backoff
  closed,      ///< for good
};
std::string_view to_text(ClientState state);

}  // namespace floe::signal
