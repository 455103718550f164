// The words of a line's value, separated by spaces, and the characters that they may have.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace floe::sdp {

class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) { skip_spaces(); }

  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  /// Empty when there is none.
  std::string_view next() {
    const auto end = std::min(rest_.find(' '), rest_.size());
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    skip_spaces();
    return word;
  }

 private:
  void skip_spaces() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

  std::string_view rest_;
};

constexpr bool is_visible(char c) {
  return c > ' ' && c < 0x7f;
}

/// RFC 8866, section 9: token-char.
constexpr bool is_token_char(char c) {
  return is_visible(c) && std::string_view("\"(),/:;<=>?@[\\]").find(c) == std::string_view::npos;
}

inline bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}

template <class Number>
std::optional<Number> parse_number(std::string_view text, Number max) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value > max) {
    return std::nullopt;
  }
  return value;
}

}  // namespace floe::sdp
