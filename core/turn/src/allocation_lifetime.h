// How long an allocation lives, and when to refresh it (RFC 8656, section 8).
#pragma once

#include <algorithm>

#include "floe/turn/attributes/allocation.h"
#include "floe/types/time.h"

namespace floe::turn {

/// A server that grants less is of no use: it would have to be asked all the time.
inline constexpr Duration kLifetimeMin = std::chrono::seconds(10);
/// The wait after a Refresh that the server answered with an error.
inline constexpr Duration kRefreshRetryAfter = std::chrono::seconds(2);

class AllocationLifetime {
 public:
  /// Section 8.3: the client "updates its copy of the allocation data structure with the
  /// time-to-expiry value contained in the response", which may be less than it asked for. False:
  /// less than kLifetimeMin, or no LIFETIME.
  bool renew(Timestamp now, const stun::MessageView& response) {
    const auto lifetime = response.get<Lifetime>();
    if (!lifetime || std::chrono::seconds(lifetime->seconds) < kLifetimeMin) return false;
    const Duration granted = std::chrono::seconds(lifetime->seconds);
    expires_at_ = now + granted;
    // A quarter is left for lost messages; of the usual 600 s that is more than a transaction
    // takes.
    refresh_at_ = now + granted * 3 / 4;
    return true;
  }

  /// From now until renew() or retry() a Refresh is under way.
  void refresh_is_asked() { refresh_at_ = kNever; }
  bool is_being_refreshed() const { return refresh_at_ == kNever; }
  bool is_refresh_due(Timestamp now) const { return now >= refresh_at_; }
  /// False: too little time is left for another Refresh.
  bool retry(Timestamp now) {
    if (now + kRefreshRetryAfter >= expires_at_) return false;
    refresh_at_ = now + kRefreshRetryAfter;
    return true;
  }

  bool is_over(Timestamp now) const { return now >= expires_at_; }
  Duration left(Timestamp now) const { return expires_at_ - now; }
  Timestamp deadline() const { return std::min(expires_at_, refresh_at_); }

 private:
  Timestamp expires_at_ = kNever;  ///< kNever before renew()
  Timestamp refresh_at_ = kNever;
};

}  // namespace floe::turn
