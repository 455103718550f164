// Passes log lines to a function of the program.
#pragma once

#include <cstdint>

#include "calls.h"
#include "floe/api/log.h"
#include "floe/c/log.h"

namespace floe::c {

/// `minimum` is at most FLOE_LOG_ERROR.
LogLevel log_minimum_from_c(std::uint32_t minimum);

class CallbackLog final : public LogSink {
 public:
  /// `calls` must outlive the log. Without a function nothing is logged.
  CallbackLog(floe_log function, void* user, LogLevel minimum, Calls& calls)
      : function_(function), user_(user), minimum_(minimum), calls_(calls) {}

  bool takes(LogLevel level) const { return function_ != nullptr && level >= minimum_; }
  void log(LogLevel level, std::string_view area, std::string_view text) override;

 private:
  floe_log function_;
  void* user_;
  LogLevel minimum_;
  Calls& calls_;
};

}  // namespace floe::c
