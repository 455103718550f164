// Says whether a text is a token of this gateway, and what its bearer may do.
//
// Three texts are tokens:
//   JWT            a signed JWT (RFC 7519) in its compact form, with HMAC-SHA256 and nothing else
//   EXPIRY:USER:MAC    a time-limited password as back-ends of TURN servers make it
//                  (draft-uberti-behave-turn-rest-00): MAC is base64(HMAC-SHA1(secret,
//                  EXPIRY:USER)). It opens tunnels, and no room, since it cannot name one
//   the secret     only where the operator says so
//
// Why no library for JWT: those of the distribution need OpenSSL or GnuTLS, and Floe has mbedTLS;
// what is needed of a JWT is one algorithm and two JSON texts.
//
// Nothing of a JWT is read before its signature but the header, which is bounded. Comparisons of
// signatures take a constant time. Limits: limits.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "floe/api/crypto.h"
#include "floe/token/claims.h"
#include "floe/token/key.h"
#include "floe/token/limits.h"
#include "floe/token/refusal.h"
#include "floe/types/result.h"

namespace floe::token {

struct VerifierOptions {
  std::vector<std::string> secrets;  ///< the current one, and the one before while it changes
  std::string audience = std::string(kDefaultAudience);
  std::int64_t open_seconds_max = kOpenSecondsMax;        ///< from `iat` to its first use
  std::int64_t session_seconds_max = kSessionSecondsMax;  ///< from `iat` to `exp`
  bool secret_is_token = false;
};

struct VerifiedToken {
  Grant grant;
  std::int64_t opens_until = 0;  ///< a first use later than this second is too late
};

class Verifier {
 public:
  /// `crypto` must outlive it. Empty secrets are skipped.
  Verifier(Crypto& crypto, const VerifierOptions& options);

  Result<VerifiedToken, Refusal> verify(std::string_view token, std::int64_t unix_now) const;

 private:
  Result<VerifiedToken, Refusal> verify_jwt(std::string_view token, std::int64_t unix_now) const;
  Result<VerifiedToken, Refusal> verify_password(std::string_view token,
                                                 std::int64_t unix_now) const;
  Result<VerifiedToken, Refusal> judge_times(Claims claims, std::int64_t unix_now) const;
  bool is_signed(std::string_view text, std::string_view signature, std::string_view key_id) const;
  bool has_key(std::string_view id) const;

  std::vector<Key> keys_;
  std::string audience_;
  std::int64_t open_seconds_max_;
  std::int64_t session_seconds_max_;
  bool secret_is_token_;
};

}  // namespace floe::token
