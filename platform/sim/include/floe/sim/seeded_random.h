// Random bytes that a seed repeats: for tests and simulations, never for secrets.
#pragma once

#include "floe/api/random.h"

namespace floe::sim {

/// SplitMix64: every seed gives a good stream. To split off another stream, seed a new source with
/// a number drawn from this one.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  void fill(MutableBytes out) override {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (i % 8 == 0) word = draw();
      out[i] = static_cast<std::uint8_t>(word & 0xff);
      word >>= 8;
    }
  }

 private:
  std::uint64_t draw() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
    return mixed ^ mixed >> 31;
  }

  std::uint64_t state_;
};

}  // namespace floe::sim
