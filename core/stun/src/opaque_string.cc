#include "opaque_string.h"

#include <cstdint>

namespace floe::stun {
namespace {

/// The number of bytes of a character that starts with `first`, or 0.
std::size_t size_of_character(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

/// Takes one character off `text`. Nothing when it is not UTF-8 (RFC 3629, section 4): overlong
/// forms, surrogates and characters beyond U+10FFFF are not accepted.
std::optional<std::uint32_t> take_character(std::string_view& text) {
  const auto first = static_cast<std::uint8_t>(text[0]);
  const std::size_t size = size_of_character(first);
  if (size == 0 || size > text.size()) return std::nullopt;
  constexpr std::uint32_t kFirstBits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
  std::uint32_t character = first & kFirstBits[size];
  for (std::size_t i = 1; i < size; ++i) {
    const auto byte = static_cast<std::uint8_t>(text[i]);
    if ((byte & 0xc0) != 0x80) return std::nullopt;
    character = character << 6 | (byte & 0x3fu);
  }
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (character < kLeast[size] || character > 0x10ffff) return std::nullopt;
  if (character >= 0xd800 && character < 0xe000) return std::nullopt;
  text.remove_prefix(size);
  return character;
}

bool is_control(std::uint32_t character) {
  return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

/// Unicode's category Zs, without the ASCII space.
bool is_foreign_space(std::uint32_t character) {
  return character == 0xa0 || character == 0x1680 || (character >= 0x2000 && character <= 0x200a) ||
         character == 0x202f || character == 0x205f || character == 0x3000;
}

}  // namespace

std::optional<std::string> enforce_opaque_string(std::string_view text) {
  // "A password ... MUST NOT be zero bytes in length."
  if (text.empty()) return std::nullopt;
  std::string enforced;
  enforced.reserve(text.size());
  while (!text.empty()) {
    const std::string_view before = text;
    const auto character = take_character(text);
    if (!character || is_control(*character)) return std::nullopt;
    // "any instances of non-ASCII space MUST be mapped to SPACE (U+0020)".
    if (is_foreign_space(*character)) {
      enforced += ' ';
    } else {
      enforced += before.substr(0, before.size() - text.size());
    }
  }
  return enforced;
}

}  // namespace floe::stun
