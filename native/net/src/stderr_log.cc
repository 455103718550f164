#include "floe/native/stderr_log.h"

#include <unistd.h>

#include <string>

#include "floe/native/utc_time.h"

namespace floe::native {
namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

}  // namespace

void StderrLog::log(LogLevel level, std::string_view area, std::string_view text) {
  if (level < minimum_) return;
  std::string line = utc_time_text();
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
