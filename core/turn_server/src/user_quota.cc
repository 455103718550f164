#include "user_quota.h"

namespace floe::turn {

Result<UserQuota::Token, UserQuota::Refusal> UserQuota::take(std::string_view user) {
  if (used_ >= total_) return Refusal::total;
  auto entry = users_.find(user);
  if ((entry == users_.end() ? 0 : entry->second) >= per_user_) return Refusal::user;
  if (entry == users_.end()) entry = users_.emplace(std::string(user), 0).first;
  ++entry->second;
  ++used_;
  return Token(*this, entry);
}

std::size_t UserQuota::used_by(std::string_view user) const {
  const auto entry = users_.find(user);
  return entry == users_.end() ? 0 : entry->second;
}

void UserQuota::give_back(Users::iterator user) {
  --used_;
  if (--user->second == 0) users_.erase(user);
}

}  // namespace floe::turn
