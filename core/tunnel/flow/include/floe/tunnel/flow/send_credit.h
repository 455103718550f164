// The sender's side of a credit in bytes: how much the receiver still takes. UplinkWindow is the
// receiver's side.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace floe::tunnel {

class SendCredit {
 public:
  explicit SendCredit(std::uint32_t granted = 0) : left_(granted) {}

  /// The receiver has granted `bytes` more. Stops at the greatest number instead of wrapping.
  void add(std::uint32_t bytes) {
    left_ += std::min<std::uint64_t>(bytes, std::numeric_limits<std::uint64_t>::max() - left_);
  }
  /// `bytes` go out; at most left().
  void spend(std::size_t bytes) { left_ -= bytes; }

  std::uint64_t left() const { return left_; }

 private:
  std::uint64_t left_;
};

}  // namespace floe::tunnel
