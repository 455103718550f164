// What both tables of CRC-32 are made of.
#pragma once

#include <cstdint>

namespace floe::stun {

/// What the lowest `bits` bits contribute when they are shifted out: ITU-T V.42, reflected.
constexpr std::uint32_t crc32_remainder(std::uint32_t value, int bits) {
  constexpr std::uint32_t kPolynomial = 0xEDB88320;
  for (int bit = 0; bit < bits; ++bit) {
    value = (value & 1) != 0 ? value >> 1 ^ kPolynomial : value >> 1;
  }
  return value;
}

}  // namespace floe::stun
