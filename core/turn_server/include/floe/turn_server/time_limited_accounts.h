// Users whom somebody else let in for a while: a web service that shares a secret with the server
// makes a name and a password for each of them, and the server needs to know nobody
// (draft-uberti-behave-turn-rest-00; `use-auth-secret` of other servers).
//
//   username = expiry[":" user]                      expiry in seconds since 1970
//   password = base64(HMAC-SHA1(secret, username))
//
// A secret has an object of its own: to change it, have an authenticator for the old and the new
// one in an AuthenticatorChain until the last password of the old one has expired.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "floe/api/crypto.h"
#include "floe/stun/long_term_authenticator.h"

namespace floe::turn {

/// The time of the calendar, which Timestamp is not.
class UnixClock {
 public:
  virtual ~UnixClock() = default;
  virtual std::int64_t seconds_since_1970() const = 0;
};

class TimeLimitedAccounts final : public stun::Accounts {
 public:
  enum class Expiry : std::uint8_t {
    counts,
    /// For those who have an allocation already: a call may last longer than what began it. To
    /// throw everybody out, change the secret.
    is_past_caring,
  };

  /// `secret` is not kept; `clock` must outlive it.
  TimeLimitedAccounts(Crypto& crypto, Bytes secret, const UnixClock& clock, Expiry expiry);

  std::optional<std::string> password_of(std::string_view username) const override;

  /// The user in a name: whose quota it is. The whole name where it has none.
  static std::string_view user_of(std::string_view username);

 private:
  std::unique_ptr<HmacSha1> secret_;
  const UnixClock& clock_;
  Expiry expiry_;
};

}  // namespace floe::turn
