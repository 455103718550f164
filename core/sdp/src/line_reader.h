// The lines of an SDP text (RFC 8866, section 5), each a type letter and a value.
//
// Lines end in CRLF or LF; the last line may end with the text. Blank lines are passed over: some
// agents send one at the end. Limit: kDescriptionSizeMax.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "floe/sdp/problem.h"

namespace floe::sdp {

struct Line {
  char type = 0;
  std::string_view value;
  std::uint32_t number = 0;  ///< from 1
  std::size_t begin = 0;     ///< where it is in the text
  std::size_t end = 0;       ///< after its line ending

  /// The name in an a-line: the text before the first colon.
  std::string_view name() const { return value.substr(0, value.find(':')); }
  /// The value in an a-line: the text after the first colon.
  std::string_view attribute_value() const {
    return value.substr(value.size() == name().size() ? value.size() : name().size() + 1);
  }
};

class LineReader {
 public:
  explicit LineReader(std::string_view text);

  /// Nothing at the end, and when there is a problem().
  std::optional<Line> next();
  const std::optional<Problem>& problem() const { return problem_; }

 private:
  std::optional<Line> read(std::string_view content, std::size_t begin);

  std::string_view text_;
  std::size_t position_ = 0;
  std::uint32_t number_ = 0;
  std::optional<Problem> problem_;
};

}  // namespace floe::sdp
