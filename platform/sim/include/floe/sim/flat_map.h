// A map in one sorted array: small, ordered, and made or destroyed with at most one allocation.
//
// A simulated world has dozens of tables with a few entries each, is made thousands of times a
// second, and must behave the same with every library. A binary search in one array suits all
// three.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

namespace floe::sim {

template <class Key, class Value>
class FlatMap {
 public:
  using Entry = std::pair<Key, Value>;

  Value* find(const Key& key) {
    const auto place = lower_bound(key);
    return place != entries_.end() && place->first == key ? &place->second : nullptr;
  }
  const Value* find(const Key& key) const { return const_cast<FlatMap*>(this)->find(key); }

  /// The value of `key`; if there was none, `value` is inserted. Pointers to other values become
  /// invalid.
  Value& insert(const Key& key, Value value) {
    auto place = lower_bound(key);
    if (place == entries_.end() || place->first != key) {
      place = entries_.insert(place, Entry(key, std::move(value)));
    }
    return place->second;
  }

  void erase(const Key& key) {
    const auto place = lower_bound(key);
    if (place != entries_.end() && place->first == key) entries_.erase(place);
  }

  template <class Predicate>
  void erase_if(Predicate predicate) {
    std::erase_if(entries_, predicate);
  }

  void clear() { entries_.clear(); }
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  /// In the order of keys.
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

 private:
  auto lower_bound(const Key& key) {
    return std::lower_bound(
        entries_.begin(), entries_.end(), key,
        [](const Entry& entry, const Key& wanted) { return entry.first < wanted; });
  }

  std::vector<Entry> entries_;
};

}  // namespace floe::sim
