// The counters of the rooms; each number has one cause, so a metric can name it.
#pragma once

#include <cstdint>

namespace floe::signal {

struct RoomCounters {
  std::uint64_t joined = 0;
  std::uint64_t resumed = 0;  ///< a place taken again after its connection broke
  std::uint64_t left = 0;
  std::uint64_t timed_out = 0;

  std::uint64_t relayed = 0;  ///< sent on, at once or after having been held
  std::uint64_t held = 0;
  std::uint64_t held_expired = 0;
  std::uint64_t held_refused =
      0;  ///< over kHeldMessagesMax, or over the bytes of all rooms together

  std::uint64_t bad_messages = 0;
  std::uint64_t no_such_peer = 0;
  std::uint64_t too_many_candidates = 0;
  std::uint64_t rate_dropped = 0;
  std::uint64_t flooders_closed = 0;
  std::uint64_t unauthorized = 0;
  std::uint64_t room_full = 0;
  std::uint64_t join_timeouts = 0;
};

}  // namespace floe::signal
