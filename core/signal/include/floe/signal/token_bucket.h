// Lets a number of things through per second, and that many at once after a silence.
//
// Whole numbers only: a token is a million parts, and one part per microsecond and unit of rate
// comes back. Used by the server to refuse, and by the client to wait.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::signal {

class TokenBucket {
 public:
  /// Full at first. `per_second` 1 to 10^6, also the capacity.
  explicit TokenBucket(std::uint32_t per_second) : per_second_(per_second), parts_(capacity()) {}

  /// False: not now, and nothing changed.
  bool take(Timestamp now) {
    refill(now);
    if (parts_ < kToken) return false;
    parts_ -= kToken;
    return true;
  }

  /// When take() will be true; `now` when it is already.
  Timestamp ready_at(Timestamp now) {
    refill(now);
    if (parts_ >= kToken) return now;
    return now + Duration((kToken - parts_ + per_second_ - 1) / per_second_);
  }

 private:
  static constexpr std::int64_t kToken = 1'000'000;

  std::int64_t capacity() const { return per_second_ * kToken; }

  void refill(Timestamp now) {
    // A second fills it, whatever the rate, so longer ones need not be multiplied.
    const auto elapsed = std::clamp(now - refilled_at_, Duration::zero(), Duration(kToken));
    parts_ = std::min(capacity(), parts_ + elapsed.count() * per_second_);
    refilled_at_ = std::max(refilled_at_, now);
  }

  std::int64_t per_second_;
  std::int64_t parts_;
  Timestamp refilled_at_{};
};

}  // namespace floe::signal
