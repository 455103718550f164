#include "floe/native/stderr_log.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <string>

namespace floe::native {
namespace {

std::string iso_time() {
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

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

}  // namespace

void StderrLog::log(LogLevel level, std::string_view area, std::string_view text) {
  if (level < minimum_) return;
  std::string line = iso_time();
  line.append(" ").append(to_text(level)).append(" ").append(area).append(" ").append(text);
  if (line.size() >= kLineMax) line.resize(kLineMax - 1);
  for (char& c : line) {
    if (is_control(c)) c = '?';
  }
  line.push_back('\n');
  // There is no place to report that the log cannot be written.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace floe::native
