#include "floe/tunnel/records/plain_text.h"

#include <algorithm>

namespace floe::tunnel {
namespace {

bool is_continuation(std::uint8_t byte) {
  return (byte & 0xc0) == 0x80;
}

/// The number of bytes of the first character; 0 if it is not well-formed.
std::size_t character_size(Bytes text) {
  const std::uint8_t lead = text[0];
  if (lead < 0x20 || lead == 0x7f) return 0;
  if (lead < 0x80) return 1;
  const std::size_t size = lead < 0xc2   ? 0
                           : lead < 0xe0 ? 2
                           : lead < 0xf0 ? 3
                           : lead < 0xf5 ? 4
                                         : 0;
  if (size == 0 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  // RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
  if (lead == 0xe0 && text[1] < 0xa0) return 0;
  if (lead == 0xed && text[1] > 0x9f) return 0;
  if (lead == 0xf0 && text[1] < 0x90) return 0;
  if (lead == 0xf4 && text[1] > 0x8f) return 0;
  return size;
}

}  // namespace

bool is_plain_text(Bytes text) {
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0) return false;
    text = text.subspan(size);
  }
  return true;
}

std::string_view cut_text(std::string_view text, std::size_t max_size) {
  if (text.size() <= max_size) return text;
  std::size_t size = max_size;
  while (size > 0 && is_continuation(static_cast<std::uint8_t>(text[size]))) --size;
  return text.substr(0, size);
}

bool is_name_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

}  // namespace floe::tunnel
