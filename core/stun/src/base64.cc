#include "base64.h"

namespace floe::stun {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

void encode_base64(Bytes bytes, char* out) {
  for (; bytes.size() >= 3; bytes = bytes.subspan(3)) {
    const std::uint32_t group =
        static_cast<std::uint32_t>(bytes[0] << 16 | bytes[1] << 8 | bytes[2]);
    for (int shift = 18; shift >= 0; shift -= 6) *out++ = kAlphabet[group >> shift & 63];
  }
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

}  // namespace floe::stun
