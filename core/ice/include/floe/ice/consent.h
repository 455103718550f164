// Whether the peer still wants our packets on the selected pair (RFC 7675).
//
// "Consent expires 30 seconds after the last valid response"; requests go out every 5 seconds, a
// little earlier or later so that agents do not fall into step. They are not retransmitted, and
// they keep the NAT's binding alive, so no keepalives are needed beside them.
#pragma once

#include "floe/api/random.h"
#include "floe/types/time.h"

namespace floe::ice {

inline constexpr Duration kConsentInterval = 5s;
inline constexpr Duration kConsentTimeout = 30s;
/// Silence after which W3C's "disconnected" is said: one request and its repeat unanswered.
inline constexpr Duration kConsentDoubtAfter = 12s;

class Consent {
 public:
  /// Starts with the success of the pair's check, which is a consent, too.
  Consent(Timestamp now, RandomSource& random) { granted(now), schedule(now, random); }

  void granted(Timestamp now) { last_response_at_ = now; }
  /// Section 5.1: "between 0.8 and 1.2 times the basic interval".
  void schedule(Timestamp now, RandomSource& random) {
    constexpr auto kSpread = static_cast<std::uint32_t>(kConsentInterval.count() * 2 / 5);
    next_request_at_ = now + kConsentInterval * 4 / 5 + Duration(random.below(kSpread + 1));
  }

  bool request_is_due(Timestamp now) const { return now >= next_request_at_; }
  bool is_doubtful(Timestamp now) const { return now - last_response_at_ >= kConsentDoubtAfter; }
  bool has_expired(Timestamp now) const { return now - last_response_at_ >= kConsentTimeout; }

  /// The next time at which one of the questions above has a new answer.
  Timestamp deadline(Timestamp now) const {
    Timestamp next = std::min(next_request_at_, last_response_at_ + kConsentTimeout);
    if (!is_doubtful(now)) next = std::min(next, last_response_at_ + kConsentDoubtAfter);
    return next;
  }

 private:
  Timestamp last_response_at_{};
  Timestamp next_request_at_{};
};

}  // namespace floe::ice
