// A rate limit: `per_second` messages each second, and that many at once after a pause.
//
// Whole numbers only: a token has a million parts, and each microsecond gives `per_second` parts
// back. The server refuses messages above its rate; the client waits.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::signal {

class TokenBucket {
 public:
  /// Full at first. `per_second` is 1 to 10^6 and also the capacity.
  explicit TokenBucket(std::uint32_t per_second) : per_second_(per_second), parts_(capacity()) {}

  /// False: the rate does not allow it at `now`, and nothing has changed.
  bool consume(Timestamp now) {
    refill(now);
    if (parts_ < kToken) return false;
    parts_ -= kToken;
    return true;
  }

  /// Undoes one consume(), for a message that could not be sent after all.
  void give_back() { parts_ = std::min(capacity(), parts_ + kToken); }

  /// The earliest time at which consume() is true; it may have passed already.
  Timestamp ready_at() const {
    if (parts_ >= kToken) return refilled_at_;
    return refilled_at_ + Duration((kToken - parts_ + per_second_ - 1) / per_second_);
  }

 private:
  static constexpr std::int64_t kToken = 1'000'000;

  std::int64_t capacity() const { return per_second_ * kToken; }

  void refill(Timestamp now) {
    // One second fills the bucket at every rate, so a longer time counts as one second.
    const auto elapsed = std::clamp(now - refilled_at_, Duration::zero(), Duration(kToken));
    parts_ = std::min(capacity(), parts_ + elapsed.count() * per_second_);
    refilled_at_ = std::max(refilled_at_, now);
  }

  std::int64_t per_second_;
  std::int64_t parts_;
  Timestamp refilled_at_{};
};

}  // namespace floe::signal
