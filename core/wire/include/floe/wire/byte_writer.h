// Writes integers in network byte order into a buffer of fixed size.
//
// Writing past the end writes nothing and marks the writer as failed; a caller may write a whole
// structure and ask ok() once.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/types/bytes.h"

namespace floe {

class ByteWriter {
 public:
  explicit ByteWriter(MutableBytes buffer) : buffer_(buffer) {}

  void u8(std::uint8_t value) { integer<1>(value); }
  void u16(std::uint16_t value) { integer<2>(value); }
  void u32(std::uint32_t value) { integer<4>(value); }
  void u64(std::uint64_t value) { integer<8>(value); }

  void bytes(Bytes source) {
    const MutableBytes space = claim(source.size());
    std::copy_n(source.begin(), space.size(), space.begin());
  }

  void zeros(std::size_t size) { std::ranges::fill(claim(size), std::uint8_t{0}); }

  /// Overwrites two bytes written before, for lengths that are known only afterwards.
  void patch_u16(std::size_t offset, std::uint16_t value) {
    if (failed_ || offset + 2 > size_) return;
    buffer_[offset] = static_cast<std::uint8_t>(value >> 8);
    buffer_[offset + 1] = static_cast<std::uint8_t>(value & 0xff);
  }

  std::size_t size() const { return size_; }
  std::size_t space() const { return buffer_.size() - size_; }
  Bytes written() const { return buffer_.first(size_); }
  bool ok() const { return !failed_; }

 private:
  MutableBytes claim(std::size_t size) {
    if (failed_ || size > space()) {
      failed_ = true;
      return {};
    }
    const MutableBytes claimed = buffer_.subspan(size_, size);
    size_ += size;
    return claimed;
  }

  template <std::size_t Size>
  void integer(std::uint64_t value) {
    const MutableBytes space = claim(Size);
    for (std::size_t i = space.size(); i > 0; --i) {
      space[i - 1] = static_cast<std::uint8_t>(value & 0xff);
      value >>= 8;
    }
  }

  MutableBytes buffer_;
  std::size_t size_ = 0;
  bool failed_ = false;
};

}  // namespace floe
