// What a command has found out: lines of name and value for people, or one JSON object.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "floe/json/writer.h"

namespace floe::cli {

class AnswerLines {
 public:
  explicit AnswerLines(bool json) : json_(json) {
    if (json_) writer_.begin_object();
  }

  /// `label` is for people, `member` for programs; an empty value is null there and not shown here.
  void add(std::string_view label, std::string_view member, std::string_view value);
  void add(std::string_view label, std::string_view member, bool value);
  /// Thousandths, as a number with three decimals for programs.
  void add_milliseconds(std::string_view label, std::string_view member, std::int64_t microseconds);
  /// The last, after an empty line.
  void add_sentence(std::string_view member, std::string_view text);
  /// On standard output.
  void print();

 private:
  void line(std::string_view label, std::string_view value);

  bool json_;
  json::Writer writer_;
  std::string text_;
};

/// On standard error; in the same words as JSON on standard output where that is asked for.
void print_error(bool json, std::string_view text);

}  // namespace floe::cli
