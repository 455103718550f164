// Points in time and spans of time.
//
// Microseconds in 64 bits, on the host's monotonic clock. `HostClock` has no now(): time
// is an argument, so a run can be repeated exactly.
#pragma once

#include <chrono>
#include <cstdint>

namespace floe {

using Duration = std::chrono::duration<std::int64_t, std::micro>;

struct HostClock {
  using rep = std::int64_t;
  using period = std::micro;
  using duration = Duration;
  using time_point = std::chrono::time_point<HostClock>;
  static constexpr bool is_steady = true;
};

using Timestamp = HostClock::time_point;

/// The deadline of an object that waits for no time.
inline constexpr Timestamp kNever = Timestamp::max();

inline namespace literals {
using namespace std::chrono_literals;  // NOLINT: 50ms is how the RFCs write it
}

}  // namespace floe
