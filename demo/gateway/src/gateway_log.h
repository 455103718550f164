// The log of a gateway on standard error: text for people, or JSON for programs. Both, and the
// least level, may change while it runs. Several threads may write.
#pragma once

#include <atomic>

#include "floe/native/stderr_log.h"
#include "operating_options.h"

namespace floe::gateway {

class GatewayLog final : public LogSink {
 public:
  /// A longer text is cut, as StderrLog cuts its lines.
  static constexpr std::size_t kTextMax = native::StderrLog::kLineMax;

  explicit GatewayLog(const OperatingOptions& options) { reload(options); }

  void reload(const OperatingOptions& options);
  void log(LogLevel level, std::string_view area, std::string_view text) override;

 private:
  native::StderrLog text_log_{LogLevel::debug};
  std::atomic<LogLevel> minimum_ = LogLevel::info;
  std::atomic<LogFormat> format_ = LogFormat::text;
};

/// {"time":"2026-01-31T12:34:56.789Z","level":"info","area":"gateway","text":"…"}
std::string json_log_line(std::string_view time, LogLevel level, std::string_view area,
                          std::string_view text);

}  // namespace floe::gateway
