// Reads integers in network byte order from bytes that cannot be trusted.
//
// Loads byte by byte, so alignment never matters. Reading past the end yields zeros and marks the
// reader as failed; a parser may read a whole structure and ask ok() once.
#pragma once

#include <cstdint>

#include "floe/types/bytes.h"

namespace floe {

class ByteReader {
 public:
  explicit ByteReader(Bytes bytes) : rest_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(integer<1>()); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(integer<2>()); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(integer<4>()); }
  std::uint64_t u64() { return integer<8>(); }

  /// A view of the next `size` bytes; empty, and failed, when there are fewer.
  Bytes take(std::size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const Bytes taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }

  void skip(std::size_t size) { (void)take(size); }

  Bytes rest() const { return rest_; }
  std::size_t remaining() const { return rest_.size(); }
  bool ok() const { return !failed_; }

 private:
  template <std::size_t Size>
  std::uint64_t integer() {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : take(Size)) value = value << 8 | byte;
    return value;
  }

  Bytes rest_;
  bool failed_ = false;
};

}  // namespace floe
