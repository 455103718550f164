// Log lines on the standard error stream.
#pragma once

#include "floe/api/log.h"

namespace floe::native {

/// "2026-01-31T12:34:56.789Z warning ice text": UTC, one write(2) a line, so that lines of several
/// processes do not mix. Control characters become '?', since texts may quote what a peer sent and
/// must not forge lines; a line longer than kLineMax is cut.
class StderrLog final : public LogSink {
 public:
  static constexpr std::size_t kLineMax = 2048;

  explicit StderrLog(LogLevel minimum = LogLevel::info) : minimum_(minimum) {}

  void set_minimum(LogLevel minimum) { minimum_ = minimum; }
  void log(LogLevel level, std::string_view area, std::string_view text) override;

 private:
  LogLevel minimum_;
};

}  // namespace floe::native
