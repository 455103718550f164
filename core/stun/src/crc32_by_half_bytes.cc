// CRC-32 with a table of 64 bytes, which no compressor makes smaller: for whom size counts.
#include <array>

#include "floe/stun/crc32.h"

namespace floe::stun {
namespace {

constexpr std::uint32_t kPolynomial = 0xEDB88320;  // reflected

constexpr std::array<std::uint32_t, 16> make_table() {
  std::array<std::uint32_t, 16> table{};
  for (std::uint32_t half = 0; half < 16; ++half) {
    std::uint32_t crc = half;
    for (int bit = 0; bit < 4; ++bit) crc = (crc & 1) != 0 ? crc >> 1 ^ kPolynomial : crc >> 1;
    table[half] = crc;
  }
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
