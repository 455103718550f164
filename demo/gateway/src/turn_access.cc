#include "turn_access.h"

#include <chrono>

namespace floe::gateway {

using turn::TimeLimitedAccounts;

std::optional<std::string> TurnAccess::NamedUsers::password_of(std::string_view username) const {
  const auto user = users_.find(username);
  if (user == users_.end()) return std::nullopt;
  return user->second;
}

std::int64_t TurnAccess::SystemCalendar::seconds_since_1970() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

TurnAccess::TurnAccess(Crypto& crypto, RandomSource& random, const TurnOptions& options)
    : crypto_(crypto), nonce_key_(32) {
  random.fill(nonce_key_);
  realm_.realm = options.realm;
  reload(options);
}

void TurnAccess::reload(const TurnOptions& options) {
  authenticators_.clear();
  accounts_.clear();
  std::vector<stun::Authenticator*> newcomers;
  std::vector<stun::Authenticator*> residents;
  if (!options.users.empty()) {
    accounts_.push_back(std::make_unique<NamedUsers>(options));
    newcomers.push_back(&add_authenticator(*accounts_.back()));
    residents.push_back(newcomers.back());
  }
  for (const std::string& secret : {options.secret, options.previous_secret}) {
    if (secret.empty()) continue;
    const auto add = [&](std::chrono::seconds grace) {
      accounts_.push_back(
          std::make_unique<TimeLimitedAccounts>(crypto_, as_bytes(secret), calendar_, grace));
      return &add_authenticator(*accounts_.back());
    };
    newcomers.push_back(add({}));
    residents.push_back(add(TimeLimitedAccounts::kResidenceMax));
  }
  newcomers_.emplace(std::move(newcomers));
  residents_.emplace(std::move(residents));
}

stun::Authenticator& TurnAccess::add_authenticator(const stun::Accounts& accounts) {
  authenticators_.push_back(
      std::make_unique<stun::LongTermAuthenticator>(crypto_, accounts, realm_, nonce_key_));
  return *authenticators_.back();
}

}  // namespace floe::gateway
