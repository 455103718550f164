// How long to wait before the next attempt: longer each time, and at random within half of the
// span, so that the clients of a server that restarts do not all come back at once.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/api/random.h"
#include "floe/types/time.h"

namespace floe::ice {

class Backoff {
 public:
  /// The first span, and the longest: at most half an hour.
  constexpr Backoff(Duration min, Duration max) : min_(min), max_(max), span_(min) {}

  /// Draws from half of the present span to all of it; the next span is twice as long.
  Duration next(RandomSource& random) {
    const auto half = static_cast<std::uint32_t>(span_.count() / 2);
    span_ = std::min(2 * span_, max_);
    return Duration(half) + Duration(random.below(half + 1));
  }

  void reset() { span_ = min_; }

 private:
  Duration min_;
  Duration max_;
  Duration span_;
};

}  // namespace floe::ice
