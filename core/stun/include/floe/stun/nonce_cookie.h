// The security features of a server. The server puts them into its nonce, so that no host on the
// path can remove them unnoticed (RFC 8489, section 9.2.1).
//
// "a server MUST prepend the NONCE attribute value with the character string composed of
// "obMatJos2" concatenated with the (4-character) base64 [RFC4648] encoding of the 24-bit STUN
// Security Features as defined in Section 18.1." Section 18.1: "Bit 0 is the leftmost bit and bit
// 23 is the rightmost bit"; the nonce in appendix B.1 has them the other way round.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace floe::stun {

struct SecurityFeatures {
  bool password_algorithms = false;  ///< bit 0: PASSWORD-ALGORITHMS comes with the nonce
  bool username_anonymity = false;   ///< bit 1: users are to be named by USERHASH

  bool operator==(const SecurityFeatures&) const = default;
};

inline constexpr std::size_t kNonceCookieSize = 13;

std::array<char, kNonceCookieSize> write_nonce_cookie(const SecurityFeatures& features);
/// Nothing when the nonce does not start with a cookie; bits that are not assigned are ignored.
std::optional<SecurityFeatures> read_nonce_cookie(std::string_view nonce);

}  // namespace floe::stun
