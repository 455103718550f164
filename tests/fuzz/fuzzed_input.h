// The bytes of a fuzzer, read as choices. Past the end every choice is 0.
#pragma once

#include "floe/wire/byte_reader.h"

namespace floe::fuzz {

class FuzzedInput {
 public:
  explicit FuzzedInput(Bytes bytes) : reader_(bytes) {}

  bool at_end() const { return reader_.remaining() == 0; }
  std::uint8_t u8() { return reader_.u8(); }
  std::uint16_t u16() { return reader_.u16(); }
  std::uint32_t u32() { return reader_.u32(); }
  std::uint64_t u64() { return reader_.u64(); }
  bool flag() { return (u8() & 1) != 0; }
  /// 0 to `count` - 1; `count` > 0.
  std::size_t below(std::size_t count) { return u8() % count; }
  /// As many as are left when there are fewer.
  Bytes bytes(std::size_t size) { return reader_.take(std::min(size, reader_.remaining())); }

 private:
  ByteReader reader_;
};

}  // namespace floe::fuzz
