// The buffer that JavaScript fills for the next call: commands, a message or a reason.
#pragma once

#include <algorithm>

#include "floe/types/bytes.h"

namespace floe::wasm {

class IncomingBuffer {
 public:
  /// For `size` bytes. A large buffer is released when a smaller one is asked for, so that a burst
  /// does not keep it for ever.
  std::uint8_t* reserve(std::size_t size) {
    if (size < kKeptCapacity && bytes_.capacity() > kKeptCapacity) bytes_ = {};
    if (bytes_.size() < size) bytes_.resize(size);
    return bytes_.data();
  }
  Bytes first(std::size_t size) const { return Bytes(bytes_).first(std::min(size, bytes_.size())); }

 private:
  static constexpr std::size_t kKeptCapacity = std::size_t{256} * 1024;

  ByteVector bytes_;
};

}  // namespace floe::wasm
