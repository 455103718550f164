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

#include <chrono>
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
  /// How long an allocation may live on that was made in time: a call may last longer than the
  /// password that began it, but not for ever. To end all calls sooner, change the secret.
  static constexpr std::chrono::seconds kResidenceMax = std::chrono::hours(24);

  /// A password counts until its expiry, and `grace` longer: kResidenceMax for requests on an
  /// existing allocation. `secret` is not kept; `clock` must outlive it.
  TimeLimitedAccounts(Crypto& crypto, Bytes secret, const UnixClock& clock,
                      std::chrono::seconds grace = {});

  std::optional<std::string> password_of(std::string_view username) const override;

  /// The user in a username, whose quota counts; the whole username when it has no expiry. All
  /// names that are an expiry alone are one user, who is the web service itself: otherwise each new
  /// name would have a quota of its own.
  static std::string_view user_of(std::string_view username);

 private:
  std::unique_ptr<HmacSha1> secret_;
  const UnixClock& clock_;
  std::chrono::seconds grace_;
};

}  // namespace floe::turn
