// The number of a session in SDP.
#pragma once

#include <array>
#include <cstdint>

#include "floe/api/random.h"

namespace floe::cli {

/// RFC 9429, section 5.2.1: it is random, and less than 2^63 - 1.
inline std::uint64_t session_number(RandomSource& random) {
  std::array<std::uint8_t, 8> bytes{};
  random.fill(bytes);
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8 | byte;
  return number >> 2;
}

}  // namespace floe::cli
