#include "floe/stun/crc32.h"

#include <array>

#include "crc32_remainder.h"

namespace floe::stun {
namespace {

constexpr std::size_t kSlices = FLOE_CRC32_SLICES;
static_assert(kSlices == 1 || kSlices == 4 || kSlices == 8);

using Table = std::array<std::array<std::uint32_t, 256>, kSlices>;

// kTable[n][b] is what the byte b contributes when n more bytes follow it in the same step.
constexpr Table make_table() {
  Table table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) table[0][byte] = crc32_remainder(byte, 8);
  for (std::size_t slice = 1; slice < kSlices; ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = table[slice - 1][byte];
      table[slice][byte] = before >> 8 ^ table[0][before & 0xff];
    }
  }
  return table;
}

constexpr Table kTable = make_table();

/// Takes kSlices bytes at once: their contributions do not wait for one another, which is what
/// makes the byte-wise form slow.
std::uint32_t step(std::uint32_t crc, const std::uint8_t* bytes) {
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < kSlices; ++i) {
    const std::uint32_t from_crc = i < 4 ? crc >> (8 * i) & 0xff : 0;
    next ^= kTable[kSlices - 1 - i][bytes[i] ^ from_crc];
  }
  return kSlices < 4 ? next ^ crc >> 8 : next;
}

}  // namespace

std::uint32_t crc32(Bytes bytes) {
  std::uint32_t crc = 0xffffffff;
  for (; bytes.size() >= kSlices; bytes = bytes.subspan(kSlices)) crc = step(crc, bytes.data());
  for (const std::uint8_t byte : bytes) crc = crc >> 8 ^ kTable[0][(crc ^ byte) & 0xff];
  return ~crc;
}

}  // namespace floe::stun
