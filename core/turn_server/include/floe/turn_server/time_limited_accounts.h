// Users with credentials of limited time: a web service that shares a secret with the server makes
// a name and a password for each user, and the server needs no list of users
// (draft-uberti-behave-turn-rest-00; `use-auth-secret` of other servers).
//
//   username = expiry[":" user]                      expiry in seconds since 1970
//   password = base64(HMAC-SHA1(secret, username))
//
// There is one object for each secret. To change the secret, keep an authenticator for each of the
// two secrets in an AuthenticatorChain until the last password of the old secret has expired.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "floe/api/crypto.h"
#include "floe/stun/long_term_authenticator.h"

namespace floe::turn {

/// The calendar time; Timestamp does not tell it.
class UnixClock {
 public:
  virtual ~UnixClock() = default;
  virtual std::int64_t seconds_since_1970() const = 0;
};

class TimeLimitedAccounts final : public stun::Accounts {
 public:
  enum class Expiry : std::uint8_t {
    counts,
    /// For requests on an existing allocation: a call may last longer than the password that began
    /// it. To end all calls, change the secret.
    is_past_caring,
  };

  /// `secret` is not kept; `clock` must outlive it.
  TimeLimitedAccounts(Crypto& crypto, Bytes secret, const UnixClock& clock, Expiry expiry);

  std::optional<std::string> password_of(std::string_view username) const override;

  /// The user in a username, whose quota counts; the whole username when it has no user.
  static std::string_view user_of(std::string_view username);

 private:
  std::unique_ptr<HmacSha1> secret_;
  const UnixClock& clock_;
  Expiry expiry_;
};

}  // namespace floe::turn
