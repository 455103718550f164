#include "floe/probes/answer_lines.h"

namespace floe::probes {
namespace {

constexpr std::size_t kLabelWidth = 13;

}  // namespace

void AnswerLines::add(std::string_view label, std::string_view member, std::string_view value) {
  if (!json_) return line(label, value);
  writer_.name(member);
  if (value.empty()) {
    writer_.null();
  } else {
    writer_.string(value);
  }
}

void AnswerLines::add(std::string_view label, std::string_view member, bool value) {
  if (!json_) return line(label, value ? "yes" : "no");
  writer_.name(member).boolean(value);
}

void AnswerLines::add_milliseconds(std::string_view label, std::string_view member,
                                   std::int64_t microseconds) {
  const std::string text = json::Writer().fixed_point(microseconds, 3).take();
  if (!json_) return line(label, text + " ms");
  writer_.name(member).fixed_point(microseconds, 3);
}

void AnswerLines::add_sentence(std::string_view member, std::string_view text) {
  if (json_) {
    writer_.name(member).string(text);
  } else {
    text_ += "\n";
    text_ += text;
    text_ += "\n";
  }
}

void AnswerLines::print(Console& console) {
  console.print(json_ ? writer_.end_object().take() + "\n" : text_);
}

void AnswerLines::line(std::string_view label, std::string_view value) {
  if (value.empty()) return;
  text_ += label;
  text_.append(label.size() < kLabelWidth ? kLabelWidth - label.size() : 1, ' ');
  text_ += value;
  text_ += '\n';
}

int print_error(Console& console, bool json, std::string_view text) {
  console.print_error("floe: " + std::string(text) + "\n");
  if (!json) return 1;
  AnswerLines answer(true);
  answer.add({}, "error", text);
  answer.print(console);
  return 1;
}

}  // namespace floe::probes
