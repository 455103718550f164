// The answer of a probe: lines of name and value to read, or one JSON object.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "floe/json/writer.h"
#include "floe/probes/blocking_host.h"

namespace floe::probes {

class AnswerLines {
 public:
  explicit AnswerLines(bool json) : json_(json) {
    if (json_) writer_.begin_object();
  }

  /// The name is `label` in lines and `member` in JSON; an empty value has no line, and is null in
  /// JSON.
  void add(std::string_view label, std::string_view member, std::string_view value);
  void add(std::string_view label, std::string_view member, bool value);
  /// Adds a time in milliseconds with three decimals.
  void add_milliseconds(std::string_view label, std::string_view member, std::int64_t microseconds);
  /// Adds the last line, after an empty one.
  void add_sentence(std::string_view member, std::string_view text);
  void print(Console& console);

 private:
  void line(std::string_view label, std::string_view value);

  bool json_;
  json::Writer writer_;
  std::string text_;
};

/// Writes the error and, for JSON, an object with it. Returns 1, the exit status.
int print_error(Console& console, bool json, std::string_view text);

}  // namespace floe::probes
