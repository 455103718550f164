// How much of something there may be at once, and the token that holds one of it.
//
// What holds a token gives it back by being destroyed, whichever way that came about: a quota that
// has to be given back by hand leaks.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>

namespace floe::gateway {

class Quota {
 public:
  class Token {
   public:
    Token(Token&& other) noexcept : quota_(std::exchange(other.quota_, nullptr)) {}
    Token& operator=(Token&& other) noexcept {
      std::swap(quota_, other.quota_);
      return *this;
    }
    ~Token() {
      if (quota_ != nullptr) --quota_->used_;
    }

   private:
    friend class Quota;
    explicit Token(Quota& quota) : quota_(&quota) { ++quota.used_; }

    Quota* quota_;
  };

  explicit Quota(std::size_t limit) : limit_(limit) {}
  Quota(const Quota&) = delete;
  Quota& operator=(const Quota&) = delete;

  /// Nothing when all are taken. The quota must outlive its tokens.
  std::optional<Token> take() {
    if (used_ >= limit_) return std::nullopt;
    return Token(*this);
  }

  std::size_t used() const { return used_; }
  std::size_t limit() const { return limit_; }

 private:
  std::size_t limit_;
  std::size_t used_ = 0;
};

}  // namespace floe::gateway
