// A host provides random bytes that others cannot predict (tests inject a seeded source).
#pragma once

#include <array>
#include <cstdint>

#include "floe/types/bytes.h"

namespace floe {

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual void fill(MutableBytes out) = 0;

  std::uint64_t next_u64() {
    std::array<std::uint8_t, 8> bytes;
    fill(bytes);
    std::uint64_t value = 0;
    for (std::uint8_t byte : bytes) value = value << 8 | byte;
    return value;
  }

  /// A number from 0 to `bound` - 1, all equally likely; `bound` > 0. The same bytes give the same
  /// number with every compiler and library, which std::uniform_int_distribution does not promise.
  std::uint32_t below(std::uint32_t bound) {
    const std::uint32_t rejected_below = (0u - bound) % bound;
    for (;;) {
      const auto draw = static_cast<std::uint32_t>(next_u64());
      if (draw >= rejected_below) return draw % bound;
    }
  }
};

}  // namespace floe
