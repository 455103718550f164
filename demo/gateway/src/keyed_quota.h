// A limit for the number of objects at one time that belong to one key: a network, a subject. As
// Quota, each object holds a token that gives its place back.
//
// It has no more entries than there are objects. Several threads may take and give back.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace floe::gateway {

template <class Key>
class KeyedQuota {
 public:
  class Token {
   public:
    Token() = default;
    Token(Token&& other) noexcept
        : quota_(std::exchange(other.quota_, nullptr)), place_(other.place_) {}
    Token& operator=(Token&& other) noexcept {
      std::swap(quota_, other.quota_);
      std::swap(place_, other.place_);
      return *this;
    }
    ~Token() {
      if (quota_ != nullptr) quota_->give_back(place_);
    }

   private:
    friend class KeyedQuota;
    using Place = typename std::map<Key, std::size_t>::iterator;
    Token(KeyedQuota& quota, Place place) : quota_(&quota), place_(place) {}

    KeyedQuota* quota_ = nullptr;
    Place place_{};
  };

  KeyedQuota() = default;
  KeyedQuota(const KeyedQuota&) = delete;
  KeyedQuota& operator=(const KeyedQuota&) = delete;

  /// Nothing when `limit` objects of the key are there. The quota must outlive its tokens.
  std::optional<Token> take(const Key& key, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    const auto place = used_.try_emplace(key, 0).first;
    if (place->second < limit) {
      ++place->second;
      return Token(*this, place);
    }
    if (place->second == 0) used_.erase(place);
    return std::nullopt;
  }

  std::size_t used(const Key& key) const {
    const std::lock_guard lock(mutex_);
    const auto place = used_.find(key);
    return place == used_.end() ? 0 : place->second;
  }
  std::size_t key_count() const {
    const std::lock_guard lock(mutex_);
    return used_.size();
  }

 private:
  void give_back(typename Token::Place place) {
    const std::lock_guard lock(mutex_);
    if (--place->second == 0) used_.erase(place);
  }

  mutable std::mutex mutex_;
  std::map<Key, std::size_t> used_;
};

}  // namespace floe::gateway
