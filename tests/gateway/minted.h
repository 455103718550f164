// Tokens of a test's gateway.
#pragma once

#include <string>
#include <utility>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/rooms/access_control.h"
#include "floe/token/claims.h"

namespace floe::gateway::test {

inline constexpr const char* kSecret = "0123456789abcdef";

/// Good for all rooms and for programs, for `seconds` from now.
inline token::Claims some_claims(std::int64_t seconds = 600) {
  token::Claims claims;
  claims.issued_at = rooms::unix_now();
  claims.grant.expires_at = *claims.issued_at + seconds;
  claims.grant.rooms = {std::string(token::kEveryRoom)};
  claims.grant.native = true;
  return claims;
}

inline std::string minted(const token::Claims& claims, const char* secret = kSecret) {
  MbedtlsCrypto crypto;
  return token::mint(token::Key(crypto, secret), claims);
}

}  // namespace floe::gateway::test
