#include "floe/stun/crc32.h"

#include <array>

namespace floe::stun {
namespace {

// The number of bytes in one step: 8 is fastest, with a table of 8 KiB; 0 means half a byte, for
// small programs, with a table of 64 bytes. Chosen when CMake configures.
constexpr std::size_t kSlices = FLOE_CRC32_SLICES;
static_assert(kSlices == 0 || kSlices == 1 || kSlices == 4 || kSlices == 8);

using Table = std::array<std::array<std::uint32_t, 256>, kSlices == 0 ? 1 : kSlices>;

/// The contribution of the low `bits` bits when they are shifted out: ITU-T V.42, reflected.
constexpr std::uint32_t remainder_of(std::uint32_t low, int bits) {
  constexpr std::uint32_t kPolynomial = 0xEDB88320;
  for (int bit = 0; bit < bits; ++bit) low = (low & 1) != 0 ? low >> 1 ^ kPolynomial : low >> 1;
  return low;
}

constexpr std::array<std::uint32_t, 16> make_half_byte_table() {
  std::array<std::uint32_t, 16> table{};
  for (std::uint32_t low = 0; low < 16; ++low) table[low] = remainder_of(low, 4);
  return table;
}

constexpr std::array<std::uint32_t, 16> kHalfByteTable = make_half_byte_table();

[[maybe_unused]] std::uint32_t step_by_half_bytes(std::uint32_t crc, std::uint8_t byte) {
  crc ^= byte;
  crc = crc >> 4 ^ kHalfByteTable[crc & 0xf];
  return crc >> 4 ^ kHalfByteTable[crc & 0xf];
}

// kTable[n][b] is the contribution of the byte b when n more bytes follow it in the same step.
constexpr Table make_table() {
  Table table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) table[0][byte] = remainder_of(byte, 8);
  for (std::size_t slice = 1; slice < kSlices; ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = table[slice - 1][byte];
      table[slice][byte] = before >> 8 ^ table[0][before & 0xff];
    }
  }
  return table;
}

constexpr Table kTable = make_table();

/// Takes kSlices bytes at once. It is faster than the byte-wise form, since the contributions of
/// the bytes do not wait for one another.
[[maybe_unused]] std::uint32_t step(std::uint32_t crc, const std::uint8_t* bytes) {
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
  if constexpr (kSlices == 0) {
    for (const std::uint8_t byte : bytes) crc = step_by_half_bytes(crc, byte);
  } else {
    for (; bytes.size() >= kSlices; bytes = bytes.subspan(kSlices)) crc = step(crc, bytes.data());
    for (const std::uint8_t byte : bytes) crc = crc >> 8 ^ kTable[0][(crc ^ byte) & 0xff];
  }
  return ~crc;
}

}  // namespace floe::stun
