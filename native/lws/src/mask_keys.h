// Masking keys for the frames that clients send (RFC 6455, section 5.3).
#pragma once

#include <array>
#include <cstdint>

#include "floe/api/random.h"

namespace floe::native {

/// Unpredictable keys, drawn 64 at a time because a system call for each frame would cost more than
/// the frame.
class MaskKeys {
 public:
  using Key = std::array<std::uint8_t, 4>;

  explicit MaskKeys(RandomSource& random) : random_(random) {}

  Key next() {
    if (used_ == keys_.size()) {
      random_.fill(keys_);
      used_ = 0;
    }
    Key key;
    for (std::uint8_t& byte : key) byte = keys_[used_++];
    return key;
  }

 private:
  RandomSource& random_;
  std::array<std::uint8_t, 256> keys_{};
  std::size_t used_ = keys_.size();
};

}  // namespace floe::native
