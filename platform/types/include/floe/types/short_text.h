// A few characters held in place, for events that must stay cheap to copy.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace floe {

/// Keeps the first `SizeMax` bytes of a text.
template <std::uint8_t SizeMax>
class ShortText {
 public:
  ShortText() = default;
  explicit ShortText(std::string_view text)
      : size_(static_cast<std::uint8_t>(std::min<std::size_t>(text.size(), SizeMax))) {
    std::ranges::copy(text.substr(0, size_), text_.begin());
  }

  std::string_view view() const { return {text_.data(), size_}; }

 private:
  std::array<char, SizeMax> text_{};
  std::uint8_t size_ = 0;
};

}  // namespace floe
