// Decides which users may use the TURN server of a gateway: users with permanent passwords, and
// users with time-limited passwords, which a shared secret makes (the new secret or the previous
// one).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "floe/api/random.h"
#include "floe/turn_server/authenticator_chain.h"
#include "floe/turn_server/time_limited_accounts.h"
#include "turn_options.h"

namespace floe::gateway {

class TurnAccess {
 public:
  /// At least one way in must be configured. `crypto` must outlive it.
  TurnAccess(Crypto& crypto, RandomSource& random, const TurnOptions& options);
  TurnAccess(const TurnAccess&) = delete;
  TurnAccess& operator=(const TurnAccess&) = delete;

  /// Users and secrets may change; who has an allocation keeps it while its own password is there.
  /// The realm stays.
  void reload(const TurnOptions& options);

  /// These two stay the same objects when they are loaded again.
  stun::Authenticator& newcomers() { return *newcomers_; }
  /// For users who have an allocation: their passwords may have expired since.
  stun::Authenticator& residents() { return *residents_; }

 private:
  class NamedUsers final : public stun::Accounts {
   public:
    explicit NamedUsers(const TurnOptions& options) : users_(options.users) {}
    std::optional<std::string> password_of(std::string_view username) const override;

   private:
    std::map<std::string, std::string, std::less<>> users_;
  };
  class SystemCalendar final : public turn::UnixClock {
   public:
    std::int64_t seconds_since_1970() const override;
  };

  stun::Authenticator& add_authenticator(const stun::Accounts& accounts);

  Crypto& crypto_;
  SystemCalendar calendar_;
  stun::LongTermRealm realm_;
  ByteVector nonce_key_;
  std::vector<std::unique_ptr<stun::Accounts>> accounts_;
  std::vector<std::unique_ptr<stun::Authenticator>> authenticators_;
  std::optional<turn::AuthenticatorChain> newcomers_;
  std::optional<turn::AuthenticatorChain> residents_;
};

}  // namespace floe::gateway
