// CRC-32 with a table of 64 bytes, which no compressor makes smaller: for whom size counts.
#include <array>

#include "crc32_remainder.h"
#include "floe/stun/crc32.h"

namespace floe::stun {
namespace {

constexpr std::array<std::uint32_t, 16> make_table() {
  std::array<std::uint32_t, 16> table{};
  for (std::uint32_t half = 0; half < 16; ++half) table[half] = crc32_remainder(half, 4);
  return table;
}

constexpr std::array<std::uint32_t, 16> kTable = make_table();

}  // namespace

std::uint32_t crc32(Bytes bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int half = 0; half < 2; ++half) crc = crc >> 4 ^ kTable[crc & 0xf];
  }
  return ~crc;
}

}  // namespace floe::stun
