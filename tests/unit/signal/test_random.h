// Bytes that look random and are the same in every run.
#pragma once

#include "floe/api/random.h"

namespace floe::signal::test {

class TestRandom final : public RandomSource {
 public:
  explicit TestRandom(std::uint32_t seed = 1) : state_(seed) {}

  void fill(MutableBytes out) override {
    for (std::uint8_t& byte : out) {
      state_ = state_ * 1664525u + 1013904223u;
      byte = static_cast<std::uint8_t>(state_ >> 24);
    }
  }

 private:
  std::uint32_t state_;
};

}  // namespace floe::signal::test
