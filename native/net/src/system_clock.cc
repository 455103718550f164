#include "floe/native/system_clock.h"

#include <ctime>

namespace floe::native {

Timestamp SystemClock::now() const {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return Timestamp(Duration(std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1'000));
}

}  // namespace floe::native
