#include "floe/wire/base64.h"

#include <algorithm>
#include <cstdint>

namespace floe {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string encode_base64(Bytes bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  while (!bytes.empty()) {
    const Bytes group = bytes.first(std::min<std::size_t>(3, bytes.size()));
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) bits = bits << 8 | (i < group.size() ? group[i] : 0u);
    for (unsigned i = 0; i < 4; ++i) {
      text += i <= group.size() ? kAlphabet[bits >> (18 - 6 * i) & 63] : '=';
    }
    bytes = bytes.subspan(group.size());
  }
  return text;
}

bool decode_base64(std::string_view text, MutableBytes out) {
  if (text.size() * 3 != out.size() * 4) return false;
  for (std::size_t i = 0; i < out.size(); i += 3, text.remove_prefix(4)) {
    std::uint32_t group = 0;
    for (const char character : text.substr(0, 4)) {
      const auto value = kAlphabet.find(character);
      if (value == std::string_view::npos) return false;
      group = group << 6 | static_cast<std::uint32_t>(value);
    }
    out[i] = static_cast<std::uint8_t>(group >> 16);
    out[i + 1] = static_cast<std::uint8_t>(group >> 8 & 0xff);
    out[i + 2] = static_cast<std::uint8_t>(group & 0xff);
  }
  return true;
}

}  // namespace floe
