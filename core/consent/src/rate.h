// So much a second, and so much at once after a pause.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::consent {

/// Holds the time at which all that was taken will be paid for; what may be owed is the burst.
template <std::uint32_t kPerSecond, std::uint32_t kBurst>
class Rate {
 public:
  /// Whether something is left. Less may be left than what is taken next; it is owed then.
  bool has(Timestamp now) const { return paid_at_ - now < kOwedMax; }
  void take(Timestamp now, std::size_t amount = 1) {
    paid_at_ = std::max(paid_at_, now) + cost_of(amount);
  }
  bool try_take(Timestamp now) {
    if (!has(now)) return false;
    take(now);
    return true;
  }

 private:
  static constexpr Duration cost_of(std::size_t amount) {
    // Rounded up: what was rounded down would add up to one more than the burst.
    constexpr Duration kSecond = std::chrono::seconds(1);
    return (kSecond * static_cast<std::int64_t>(amount) + Duration(kPerSecond - 1)) / kPerSecond;
  }
  static constexpr Duration kOwedMax = cost_of(kBurst);

  Timestamp paid_at_{};
};

}  // namespace floe::consent
