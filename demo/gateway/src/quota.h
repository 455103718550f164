// A limit for the number of objects at one time, and a token that each object holds.
//
// An object gives its token back when it is destroyed, for whatever reason: a quota that must be
// given back by hand leaks. Several threads may take and give back.
#pragma once

#include <atomic>
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
    explicit Token(Quota& quota) : quota_(&quota) {}

    Quota* quota_;
  };

  explicit Quota(std::size_t limit) : limit_(limit) {}
  Quota(const Quota&) = delete;
  Quota& operator=(const Quota&) = delete;

  /// Nothing when all are taken. The quota must outlive its tokens.
  std::optional<Token> take() {
    std::size_t used = used_;
    do {
      if (used >= limit_) return std::nullopt;
    } while (!used_.compare_exchange_weak(used, used + 1));
    return Token(*this);
  }

  std::size_t used() const { return used_; }
  std::size_t limit() const { return limit_; }
  /// Tokens beyond a lower limit are not taken back.
  void set_limit(std::size_t limit) { limit_ = limit; }

 private:
  std::atomic<std::size_t> limit_;
  std::atomic<std::size_t> used_ = 0;
};

}  // namespace floe::gateway
