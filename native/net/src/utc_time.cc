#include "floe/native/utc_time.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace floe::native {

std::string utc_time_text() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  tm utc{};
  gmtime_r(&time.tv_sec, &utc);
  std::array<char, 24> date;
  const std::size_t length = std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &utc);
  std::array<char, 8> fraction;
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ",
                static_cast<int>(time.tv_nsec / 1'000'000));
  return std::string(date.data(), length) + fraction.data();
}

}  // namespace floe::native
