// Why an end in a room cannot send anything yet.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe {

enum class WaitingFor : std::uint8_t {
  server,     ///< it cannot be reached; the next attempt follows
  peers,      ///< this end is in the room, and nobody else is
  answer,     ///< a peer is in the room and has said nothing for 5 s
  path,       ///< a peer has answered, and after 6 s no path to it works; the checks go on
  admission,  ///< a server answers there, and takes no WebSocket; the next attempt follows
  place,      ///< the room is full; the next attempt follows
  token,      ///< the server refuses the token, and the room is closed: nothing follows
};
/// The code of js/ERRORS.md: "signaling-unreachable", "no-peer" and so on.
std::string_view to_text(WaitingFor what);

struct Waiting {
  WaitingFor what;
  std::string_view text;  ///< a sentence or two: what happened, why, and what to do
};

}  // namespace floe
