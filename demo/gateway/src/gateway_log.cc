#include "gateway_log.h"

#include <unistd.h>

#include "floe/json/writer.h"
#include "floe/native/utc_time.h"

namespace floe::gateway {

void GatewayLog::reload(const OperatingOptions& options) {
  minimum_ = options.log_level;
  format_ = options.log_format;
}

void GatewayLog::log(LogLevel level, std::string_view area, std::string_view text) {
  if (level < minimum_) return;
  if (format_ == LogFormat::text) return text_log_.log(level, area, text);
  const std::string line = json_log_line(native::utc_time_text(), level, area, text) + "\n";
  // There is no place to report that the log cannot be written.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

std::string json_log_line(std::string_view time, LogLevel level, std::string_view area,
                          std::string_view text) {
  json::Writer out;
  out.begin_object();
  out.name("time").string(time);
  out.name("level").string(to_text(level));
  out.name("area").string(area);
  out.name("text").string(text.substr(0, GatewayLog::kTextMax));
  out.end_object();
  return out.take();
}

}  // namespace floe::gateway
