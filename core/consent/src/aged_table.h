// A bounded table whose entries are found by key, and by age: each entry is in one of a few lists,
// from the one that was moved there first to the one that was moved there last.
//
// Everything takes constant time, and memory comes with the entries. The hash is keyed. Entries are
// linked by their places in one vector: an Entry is valid until the next add().
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "keyed_hash.h"

namespace floe::consent {

template <class Key, class Value, std::size_t kLists = 1>
class AgedTable {
 public:
  struct Entry {
    Key key;
    Value value;
  };

  /// `capacity` is below 65535.
  AgedTable(std::size_t capacity, const HashKey& hash_key)
      : capacity_(capacity), hash_key_(hash_key) {}

  std::size_t size() const { return size_; }
  std::size_t size(std::size_t list) const { return lists_[list].size; }
  bool is_full() const { return size_ == capacity_; }

  /// Null when there is none.
  Entry* find(const Key& key) {
    if (size_ == 0) return nullptr;
    // Datagrams come in runs.
    if (last_ < nodes_.size() && nodes_[last_].list != kFree && nodes_[last_].key == key) {
      return &nodes_[last_];
    }
    const Place place = slots_[slot_of(key)];
    if (place == kNone) return nullptr;
    last_ = place;
    return &nodes_[place];
  }
  /// An entry for a key that is not in the table, which must not be full; the youngest of its list.
  Entry& add(const Key& key, std::size_t list = 0) {
    assert(!is_full());
    if (2 * (size_ + 1) > slots_.size()) grow_slots();
    const Place place = free_place();
    Node& node = nodes_[place];
    node.key = key;
    node.value = Value{};
    slots_[slot_of(key)] = place;
    append(place, list);
    ++size_;
    return node;
  }
  void erase(Entry& entry) {
    const Place place = place_of(entry);
    unlink(place);
    erase_slot(slot_of(entry.key));
    nodes_[place].list = kFree;
    nodes_[place].younger = free_;
    free_ = place;
    --size_;
  }
  /// The entry becomes the youngest of that list.
  void move_to(std::size_t list, Entry& entry) {
    const Place place = place_of(entry);
    unlink(place);
    append(place, list);
  }
  /// Null when the list is empty.
  Entry* oldest(std::size_t list = 0) {
    return lists_[list].oldest == kNone ? nullptr : &nodes_[lists_[list].oldest];
  }
  const Entry* oldest(std::size_t list = 0) const {
    return lists_[list].oldest == kNone ? nullptr : &nodes_[lists_[list].oldest];
  }
  std::size_t list_of(const Entry& entry) const { return static_cast<const Node&>(entry).list; }

 private:
  using Place = std::uint16_t;
  static constexpr Place kNone = 0xffff;
  static constexpr std::uint8_t kFree = 0xff;
  static constexpr std::size_t kSlotsAtFirst = 16;

  struct Node : Entry {
    Place older = kNone;
    Place younger = kNone;  // of a free node: the next free one
    std::uint8_t list = kFree;
  };
  struct List {
    Place oldest = kNone;
    Place youngest = kNone;
    std::size_t size = 0;
  };

  Place place_of(const Entry& entry) const {
    return static_cast<Place>(static_cast<const Node*>(&entry) - nodes_.data());
  }
  Place free_place() {
    if (free_ == kNone) {
      nodes_.emplace_back();
      return static_cast<Place>(nodes_.size() - 1);
    }
    const Place place = free_;
    free_ = nodes_[place].younger;
    return place;
  }

  void append(Place place, std::size_t list) {
    List& to = lists_[list];
    Node& node = nodes_[place];
    node.list = static_cast<std::uint8_t>(list);
    node.older = to.youngest;
    node.younger = kNone;
    (to.youngest == kNone ? to.oldest : nodes_[to.youngest].younger) = place;
    to.youngest = place;
    ++to.size;
  }
  void unlink(Place place) {
    const Node& node = nodes_[place];
    List& from = lists_[node.list];
    (node.older == kNone ? from.oldest : nodes_[node.older].younger) = node.younger;
    (node.younger == kNone ? from.youngest : nodes_[node.younger].older) = node.older;
    --from.size;
  }

  // The slots: open addressing with linear probing, at most half full.

  std::size_t next(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  /// The slot that holds `key`, or the empty one where it belongs.
  std::size_t slot_of(const Key& key) const {
    std::size_t slot = hash_of(hash_key_, key) & (slots_.size() - 1);
    while (slots_[slot] != kNone && !(nodes_[slots_[slot]].key == key)) slot = next(slot);
    return slot;
  }
  void erase_slot(std::size_t slot) {
    slots_[slot] = kNone;
    // An entry that follows without a gap may have been pushed out of its home by the erased one.
    for (std::size_t i = next(slot); slots_[i] != kNone; i = next(i)) {
      const Place place = slots_[i];
      slots_[i] = kNone;
      slots_[slot_of(nodes_[place].key)] = place;
    }
  }
  void grow_slots() {
    const std::size_t size = slots_.empty() ? kSlotsAtFirst : 2 * slots_.size();
    slots_.assign(size, kNone);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].list != kFree) slots_[slot_of(nodes_[i].key)] = static_cast<Place>(i);
    }
  }

  std::size_t capacity_;
  HashKey hash_key_;
  std::vector<Node> nodes_;
  std::vector<Place> slots_;
  std::array<List, kLists> lists_{};
  std::size_t size_ = 0;
  std::size_t last_ = 0;  // the place that was found last
  Place free_ = kNone;
};

}  // namespace floe::consent
