#include "line_reader.h"

#include <algorithm>

#include "floe/sdp/limits.h"

namespace floe::sdp {
namespace {

constexpr std::string_view kTypeLetters = "vosiuepcbtrzkam";

}  // namespace

LineReader::LineReader(std::string_view text) : text_(text) {
  if (text.size() > kDescriptionSizeMax) problem_ = Problem{ProblemCode::text_too_long, 0, {}};
}

std::optional<Line> LineReader::next() {
  while (!problem_ && position_ < text_.size()) {
    const std::size_t begin = position_;
    const std::size_t feed = std::min(text_.find('\n', begin), text_.size());
    position_ = std::min(feed + 1, text_.size());
    ++number_;
    std::string_view content = text_.substr(begin, feed - begin);
    if (feed != text_.size() && content.ends_with('\r')) content.remove_suffix(1);
    if (!content.empty()) return read(content, begin);
  }
  return std::nullopt;
}

std::optional<Line> LineReader::read(std::string_view content, std::size_t begin) {
  using namespace std::string_view_literals;
  // RFC 8866, section 9: a byte-string has neither NUL nor CR nor LF.
  if (content.find_first_of("\0\r"sv) != std::string_view::npos) {
    problem_ = Problem{ProblemCode::bad_character, number_, {}};
    return std::nullopt;
  }
  // RFC 8866, section 5: "an SDP parser MUST completely ignore or reject any session description
  // that contains a type letter that it does not understand."
  if (content.size() < 2 || content[1] != '=' ||
      kTypeLetters.find(content[0]) == std::string_view::npos) {
    problem_ = Problem{ProblemCode::bad_line, number_, {}};
    return std::nullopt;
  }
  return Line{content[0], content.substr(2), number_, begin, position_};
}

}  // namespace floe::sdp
