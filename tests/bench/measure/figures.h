// What a benchmark found, as one line of JSON for the runner.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace floe::bench {

class Figures {
 public:
  /// Names end in their unit: "p50_ms".
  void add(std::string_view name, double value) {
    char number[40];
    std::snprintf(number, sizeof number, "%.9g", value);
    line_.append(line_.empty() ? "{\"" : ",\"").append(name).append("\":").append(number);
  }

  void print() const { std::printf("%s}\n", line_.c_str()); }

 private:
  std::string line_;
};

}  // namespace floe::bench
