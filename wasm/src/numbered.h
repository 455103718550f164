// The open sockets, streams or lookups of a network, by the numbers that JavaScript knows them by.
//
// A number is given once. What comes for a number that is gone is ignored: JavaScript may have sent
// it before it heard of the end.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace floe::wasm {

template <class T>
class Numbered {
 public:
  std::uint32_t add(T& item) {
    items_.push_back({next_, &item});
    return next_++;
  }
  void remove(std::uint32_t number) {
    std::erase_if(items_, [=](const Item& item) { return item.number == number; });
  }
  /// nullptr: it is gone.
  T* find(std::uint32_t number) const {
    const auto found = std::ranges::lower_bound(items_, number, {}, &Item::number);
    return found != items_.end() && found->number == number ? found->item : nullptr;
  }
  /// The numbers at this moment.
  std::vector<std::uint32_t> numbers() const {
    std::vector<std::uint32_t> all;
    for (const Item& item : items_) all.push_back(item.number);
    return all;
  }

 private:
  struct Item {
    std::uint32_t number;
    T* item;
  };
  std::vector<Item> items_;  // in the order of their numbers
  std::uint32_t next_ = 1;
};

}  // namespace floe::wasm
