// The indices of a list, as a range: `for (const PairIndex index : pairs.indices())`.
//
// It has the size that the list had when it was made; elements appended in the loop are not
// visited.
#pragma once

#include <cstddef>
#include <cstdint>

namespace floe::ice {

template <class Index>
class IndexRange {
 public:
  class Iterator {
   public:
    explicit Iterator(std::size_t place) : place_(place) {}

    Index operator*() const { return Index(static_cast<std::uint16_t>(place_)); }
    Iterator& operator++() {
      ++place_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    std::size_t place_;
  };

  explicit IndexRange(std::size_t size) : size_(size) {}

  Iterator begin() const { return Iterator(0); }
  Iterator end() const { return Iterator(size_); }

 private:
  std::size_t size_;
};

}  // namespace floe::ice
