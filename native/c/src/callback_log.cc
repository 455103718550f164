#include "callback_log.h"

#include <string>

namespace floe::c {
namespace {

constexpr floe_log_level to_c(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return FLOE_LOG_DEBUG;
    case LogLevel::info:
      return FLOE_LOG_INFO;
    case LogLevel::warning:
      return FLOE_LOG_WARNING;
    case LogLevel::error:
      return FLOE_LOG_ERROR;
  }
  return FLOE_LOG_ERROR;
}

}  // namespace

LogLevel log_minimum_from_c(std::uint32_t minimum) {
  if (minimum == FLOE_LOG_DEFAULT) return LogLevel::info;
  return static_cast<LogLevel>(minimum - FLOE_LOG_DEBUG);
}

void CallbackLog::log(LogLevel level, std::string_view area, std::string_view text) {
  if (!takes(level)) return;
  const Calls::Callback callback(calls_);
  function_(user_, to_c(level), std::string(area).c_str(), std::string(text).c_str());
}

}  // namespace floe::c
