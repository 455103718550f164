// A host provides a log for people to read. A core never prints.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

constexpr std::string_view to_text(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "?";
}

class LogSink {
 public:
  virtual ~LogSink() = default;
  /// One line, without a line end. `area` names the part of Floe: "ice", "tunnel", "signal".
  virtual void log(LogLevel level, std::string_view area, std::string_view text) = 0;
};

}  // namespace floe
