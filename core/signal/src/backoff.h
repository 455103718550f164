// How long to wait before the next attempt: longer each time, and at random within half of the
// span, so that the clients of a server that restarts do not all come back at once.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/api/random.h"
#include "floe/types/time.h"

namespace floe::signal {

inline constexpr Duration kBackoffMin = std::chrono::milliseconds(250);
inline constexpr Duration kBackoffMax = std::chrono::seconds(30);

class Backoff {
 public:
  /// Draws from half of the present span to all of it; the next span is twice as long, up to
  /// kBackoffMax.
  Duration next(RandomSource& random) {
    const auto half = static_cast<std::uint32_t>(span_.count() / 2);
    span_ = std::min(2 * span_, kBackoffMax);
    return Duration(half) + Duration(random.below(half + 1));
  }

  void reset() { span_ = kBackoffMin; }

 private:
  Duration span_ = kBackoffMin;
};

}  // namespace floe::signal
