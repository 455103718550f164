// Counts the allocations of each user, by tokens that stand for one allocation each.
//
// A token gives its unit back when it is destroyed, so that no path can forget it. Has an entry
// only for users with tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "floe/types/result.h"

namespace floe::turn {

class UserQuota {
  using Users = std::map<std::string, std::size_t, std::less<>>;

 public:
  enum class Refusal : std::uint8_t {
    user,   ///< this user has as many as allowed
    total,  ///< all users together have as many as allowed
  };

  class Token {
   public:
    Token(Token&& other) noexcept
        : quota_(std::exchange(other.quota_, nullptr)), user_(other.user_) {}
    Token& operator=(Token&& other) noexcept {
      std::swap(quota_, other.quota_);
      std::swap(user_, other.user_);
      return *this;
    }
    ~Token() {
      if (quota_ != nullptr) quota_->give_back(user_);
    }

    /// The user; a view, valid as long as the token.
    const std::string& user() const { return user_->first; }

   private:
    friend class UserQuota;
    Token(UserQuota& quota, Users::iterator user) : quota_(&quota), user_(user) {}

    UserQuota* quota_;
    Users::iterator user_;
  };

  UserQuota(std::size_t per_user, std::size_t total) : per_user_(per_user), total_(total) {}
  UserQuota(const UserQuota&) = delete;
  UserQuota& operator=(const UserQuota&) = delete;

  /// The quota must outlive its tokens.
  Result<Token, Refusal> take(std::string_view user);

  /// Tokens beyond lower limits are not taken back.
  void set_limits(std::size_t per_user, std::size_t total) {
    per_user_ = per_user;
    total_ = total;
  }

  std::size_t total() const { return total_; }
  std::size_t used() const { return used_; }
  std::size_t used_by(std::string_view user) const;

 private:
  void give_back(Users::iterator user);

  std::size_t per_user_;
  std::size_t total_;
  std::size_t used_ = 0;
  Users users_;
};

}  // namespace floe::turn
