#include "floe/stun/nonce_cookie.h"

#include <algorithm>

#include "floe/wire/base64.h"

namespace floe::stun {
namespace {

constexpr std::string_view kPrefix = "obMatJos2";
constexpr std::uint8_t kPasswordAlgorithms = 0x80;
constexpr std::uint8_t kUsernameAnonymity = 0x40;

}  // namespace

std::array<char, kNonceCookieSize> write_nonce_cookie(const SecurityFeatures& features) {
  std::array<char, kNonceCookieSize> cookie;
  std::copy(kPrefix.begin(), kPrefix.end(), cookie.begin());
  std::array<std::uint8_t, 3> bits{};
  if (features.password_algorithms) bits[0] |= kPasswordAlgorithms;
  if (features.username_anonymity) bits[0] |= kUsernameAnonymity;
  std::ranges::copy(encode_base64(bits), cookie.begin() + kPrefix.size());
  return cookie;
}

std::optional<SecurityFeatures> read_nonce_cookie(std::string_view nonce) {
  if (nonce.size() < kNonceCookieSize || !nonce.starts_with(kPrefix)) return std::nullopt;
  std::array<std::uint8_t, 3> bits;
  if (!decode_base64(nonce.substr(kPrefix.size(), 4), bits)) return std::nullopt;
  return SecurityFeatures{(bits[0] & kPasswordAlgorithms) != 0,
                          (bits[0] & kUsernameAnonymity) != 0};
}

}  // namespace floe::stun
