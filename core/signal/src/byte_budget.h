// How many bytes the messages held in all rooms may have together.
#pragma once

#include <cstddef>

namespace floe::signal {

class ByteBudget {
 public:
  explicit ByteBudget(std::size_t size) : left_(size) {}

  /// False: fewer than `size` bytes are left, and nothing has changed.
  bool consume(std::size_t size) {
    if (size > left_) return false;
    left_ -= size;
    return true;
  }
  void give_back(std::size_t size) { left_ += size; }

 private:
  std::size_t left_;
};

}  // namespace floe::signal
