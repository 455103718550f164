// A limit for the number of objects at one time that belong to one key: a network, a subject. As
// Quota, each object holds a token that gives its place back.
//
// It has no more entries than there are objects.
#pragma once

#include <cstddef>
#include <map>
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
      if (quota_ != nullptr && --place_->second == 0) quota_->used_.erase(place_);
    }

   private:
    friend class KeyedQuota;
    using Place = typename std::map<Key, std::size_t>::iterator;
    Token(KeyedQuota& quota, Place place) : quota_(&quota), place_(place) { ++place->second; }

    KeyedQuota* quota_ = nullptr;
    Place place_{};
  };

  KeyedQuota() = default;
  KeyedQuota(const KeyedQuota&) = delete;
  KeyedQuota& operator=(const KeyedQuota&) = delete;

  /// Nothing when `limit` objects of the key are there. The quota must outlive its tokens.
  std::optional<Token> take(const Key& key, std::size_t limit) {
    const auto place = used_.try_emplace(key, 0).first;
    if (place->second < limit) return Token(*this, place);
    if (place->second == 0) used_.erase(place);
    return std::nullopt;
  }

  std::size_t used(const Key& key) const {
    const auto place = used_.find(key);
    return place == used_.end() ? 0 : place->second;
  }
  std::size_t key_count() const { return used_.size(); }

 private:
  std::map<Key, std::size_t> used_;
};

}  // namespace floe::gateway
