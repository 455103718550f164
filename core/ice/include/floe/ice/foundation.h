// The foundation groups candidates that will probably fail or succeed alike (RFC 8445, section
// 5.1.1.3).
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace floe::ice {

/// Deviation: (RFC 8839, section 5.1: `ice-char = ALPHA / DIGIT / "+" / "/"`) every visible
/// character of ASCII is read: cameras and media servers in the field send "-", "=" and "_", and
/// other agents take them. What this agent writes has ice-chars only.
constexpr bool is_readable_ice_char(char c) {
  return c > ' ' && c < 0x7f;
}

/// 1 to 32 visible characters of ASCII, held in place.
class Foundation {
 public:
  static constexpr std::size_t kSizeMax = 32;

  Foundation() = default;

  static std::optional<Foundation> parse(std::string_view text) {
    if (text.empty() || text.size() > kSizeMax ||
        !std::ranges::all_of(text, is_readable_ice_char)) {
      return std::nullopt;
    }
    Foundation foundation;
    std::ranges::copy(text, foundation.text_.begin());
    foundation.size_ = static_cast<std::uint8_t>(text.size());
    return foundation;
  }

  std::string_view text() const { return {text_.data(), size_}; }

  auto operator<=>(const Foundation&) const = default;
  /// Most foundations are numbers, and differ in their last digit.
  bool operator==(const Foundation& other) const {
    return size_ == other.size_ && last() == other.last() && text() == other.text();
  }

 private:
  char last() const { return text_[(size_ + kSizeMax - 1) % kSizeMax]; }

  std::array<char, kSizeMax> text_{};
  std::uint8_t size_ = 0;
};

}  // namespace floe::ice
