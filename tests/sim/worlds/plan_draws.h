// Draws of a plan, each a choice with its odds.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "floe/sim/seeded_random.h"
#include "floe/types/time.h"

namespace floe::sim {

class PlanDraws {
 public:
  explicit PlanDraws(std::uint64_t seed) : random_(seed) {}

  std::uint32_t below(std::uint32_t bound) { return random_.below(bound); }
  /// True once in `times`.
  bool once_in(std::uint32_t times) { return random_.below(times) == 0; }
  /// Evenly, to the millisecond, both ends included.
  Duration between(std::chrono::milliseconds least, std::chrono::milliseconds most) {
    const auto span = static_cast<std::uint32_t>((most - least).count());
    return least + std::chrono::milliseconds(random_.below(span + 1));
  }
  /// From 0 to `percent`, in parts per million.
  std::uint32_t ppm_up_to(std::uint32_t percent) { return random_.below(percent * 10'000 + 1); }

  template <class Choice, std::size_t count>
  Choice one_of(const std::array<Choice, count>& choices) {
    return choices[random_.below(static_cast<std::uint32_t>(count))];
  }

 private:
  SeededRandom random_;
};

}  // namespace floe::sim
