// A log that a test can look at.
#pragma once

#include <string>
#include <vector>

#include "floe/api/log.h"

namespace floe::native::test {

class RecordingLog final : public LogSink {
 public:
  void log(LogLevel level, std::string_view area, std::string_view text) override {
    lines.push_back(std::string(to_text(level)) + " " + std::string(area) + " " +
                    std::string(text));
  }
  std::vector<std::string> lines;
};

}  // namespace floe::native::test
