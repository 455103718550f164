#include "floe/json/utf8.h"

#include <algorithm>
#include <cstdint>

namespace floe::json {
namespace {

struct Lead {
  std::size_t size = 0;
  std::uint8_t second_min = 0x80;
  std::uint8_t second_max = 0xbf;
};

/// RFC 3629, section 4: the second byte tells overlong forms and surrogates apart.
constexpr Lead lead_of(std::uint8_t byte) {
  if (byte < 0x80) return {1};
  if (byte < 0xc2) return {};
  if (byte < 0xe0) return {2};
  if (byte == 0xe0) return {3, 0xa0};
  if (byte == 0xed) return {3, 0x80, 0x9f};
  if (byte < 0xf0) return {3};
  if (byte == 0xf0) return {4, 0x90};
  if (byte < 0xf4) return {4};
  if (byte == 0xf4) return {4, 0x80, 0x8f};
  return {};
}

constexpr std::uint8_t byte_at(std::string_view text, std::size_t index) {
  return static_cast<std::uint8_t>(text[index]);
}

constexpr bool is_continuation(std::uint8_t byte) {
  return (byte & 0xc0u) == 0x80;
}

}  // namespace

Utf8Sequence first_utf8(std::string_view text) {
  const Lead lead = lead_of(byte_at(text, 0));
  if (lead.size == 0) return {1, false};
  if (lead.size == 1) return {1, true};
  if (text.size() < 2 || byte_at(text, 1) < lead.second_min || byte_at(text, 1) > lead.second_max) {
    return {1, false};
  }
  for (std::size_t i = 2; i < lead.size; ++i) {
    if (i == text.size() || !is_continuation(byte_at(text, i))) return {i, false};
  }
  return {lead.size, true};
}

std::optional<std::size_t> find_bad_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Sequence sequence = first_utf8(text.substr(at));
    if (!sequence.valid) return at;
    at += sequence.size;
  }
  return std::nullopt;
}

std::string_view truncate_utf8(std::string_view text, std::size_t size_max) {
  if (text.size() <= size_max) return text;
  std::size_t end = size_max;
  while (end > 0 && is_continuation(byte_at(text, end))) --end;
  return text.substr(0, end);
}

}  // namespace floe::json
