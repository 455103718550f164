// Tokens with any header and any claims, and two that another implementation made.
#pragma once

#include <string>
#include <string_view>

#include "floe/token/key.h"

namespace floe::token::test {

inline constexpr std::string_view kSecret = "a secret of the gateway";
inline constexpr std::string_view kHeader = R"({"alg":"HS256","typ":"JWT"})";
inline constexpr std::int64_t kNow = 1'000'000;

/// By Node's crypto: the header above, and the claims sub alice, aud x and floe-gateway, exp
/// 1000300, iat 1000000, jti 7f, room lab, max_sockets 4, consent ice, allow 198.51.100.0/24, and
/// one that nobody knows.
inline constexpr std::string_view kForeignToken =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
    "eyJzdWIiOiJhbGljZSIsImF1ZCI6WyJ4IiwiZmxvZS1nYXRld2F5Il0sImV4cCI6MTAwMDMwMCwiaWF0IjoxMDAwMDAwLC"
    "JqdGkiOiI3ZiIsInJvb20iOiJsYWIiLCJtYXhfc29ja2V0cyI6NCwiY29uc2VudCI6ImljZSIsImFsbG93IjpbIjE5OC41"
    "MS4xMDAuMC8yNCJdLCJmdXR1cmUiOlsxXX0."
    "JI2GXp4EqP0ennmeZCjJ6B49Tn-9ukVMtQy66gaV_2U";
/// By Node's crypto, too.
inline constexpr std::string_view kForeignPassword = "1000300:alice:iyEFLfnQKh75w9fL293+cY/0mFY=";

/// Base64 for URLs, written again to have a second opinion.
inline std::string base64url(Bytes bytes) {
  std::string text;
  for (std::size_t bit = 0; bit < 8 * bytes.size(); bit += 6) {
    unsigned value = 0;
    for (std::size_t i = bit; i < bit + 6; ++i) {
      const unsigned byte = i / 8 < bytes.size() ? bytes[i / 8] : 0u;
      value = value << 1 | (byte >> (7 - i % 8) & 1);
    }
    text += "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[value];
  }
  return text;
}

inline std::string sign_jwt(const Key& key, std::string_view header, std::string_view claims) {
  const std::string text = base64url(as_bytes(header)) + "." + base64url(as_bytes(claims));
  return text + "." + base64url(key.sign(text));
}

}  // namespace floe::token::test
