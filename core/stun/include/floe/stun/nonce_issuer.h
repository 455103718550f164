// Nonces that a server recognises without storing them: each contains the time of its issue, and a
// MAC over this time, over the features that the server offered with it, and over the client's
// address.
//
//   obMatJos2 | 4 characters: security features | 20 characters: time (32 bits) and MAC (88 bits)
//
// Why only 88 bits: an attacker who guesses the MAC gains a nonce but no password; and a challenge
// must be short, since its destination may be a forged source.
#pragma once

#include <array>
#include <string_view>

#include "floe/api/crypto.h"
#include "floe/stun/nonce_cookie.h"
#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::stun {

inline constexpr std::size_t kIssuedNonceSize = kNonceCookieSize + 20;
using IssuedNonce = std::array<char, kIssuedNonceSize>;

/// RFC 8656, section 5: "the server ... SHOULD ... expire the nonce at least once every hour".
inline constexpr Duration kNonceLifetime = std::chrono::minutes(30);

class NonceIssuer {
 public:
  enum class Check : std::uint8_t {
    valid,
    expired,  ///< issued with this key, but too long ago
    foreign,  ///< issued with another key, for another source, or with other features
  };

  /// `key` is random, at least 16 bytes, and shared by all servers that accept each other's nonces.
  NonceIssuer(Crypto& crypto, Bytes key, const SecurityFeatures& features,
              Duration lifetime = kNonceLifetime);

  IssuedNonce issue(Timestamp now, const TransportAddress& source) const;
  Check check(Timestamp now, const TransportAddress& source, std::string_view nonce) const;

 private:
  IssuedNonce write(std::uint32_t seconds, const TransportAddress& source) const;

  std::unique_ptr<HmacSha256> key_;
  std::array<char, kNonceCookieSize> cookie_;
  Duration lifetime_;
};

}  // namespace floe::stun
