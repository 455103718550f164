// Why an end in a room cannot send anything yet.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe {

enum class WaitingFor : std::uint8_t {
  server,  ///< it cannot be reached, or does not let this end in; the next attempt follows
  peers,   ///< this end is in the room, and nobody else is
  answer,  ///< a peer is in the room and has said nothing for 5 s
};

struct Waiting {
  WaitingFor what;
  std::string_view text;  ///< a sentence or two: what happened, why, and what to do
};

}  // namespace floe
