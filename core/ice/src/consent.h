// Whether the peer still wants our packets on the selected pair (RFC 7675).
//
// "Consent expires after 30 seconds" without a valid response; requests go out every 5 seconds, a
// little earlier or later so that agents do not fall into step. They are not retransmitted, and
// they keep the NAT's binding alive, so no keepalives are needed beside them.
//
// A lite agent sends no requests. It takes the peer's own checks, and its data, as the sign that
// the peer is alive.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/api/random.h"
#include "floe/types/time.h"

namespace floe::ice {

inline constexpr Duration kConsentInterval = 5s;
inline constexpr Duration kConsentTimeout = 30s;
/// A consent so old may end before a request is answered.
inline constexpr Duration kConsentOldAfter = kConsentTimeout - Duration(2s);
/// A request was not answered: the longest interval, and a second for the answer.
inline constexpr Duration kConsentOverdueAfter = 7s;
/// Silence after which the state is W3C's "disconnected": two requests were not answered.
inline constexpr Duration kDisconnectedAfter = 12s;
/// The same for a lite agent, whose peer may send nothing but keepalives (RFC 8445, section 11): a
/// common implementation sends one each 25 seconds. It is given up after three that did not come.
inline constexpr Duration kLiteDisconnectedAfter = 30s;
inline constexpr Duration kLiteTimeout = 80s;

class Consent {
 public:
  enum class Mode : std::uint8_t {
    active,   ///< sends requests, and only answers count
    passive,  ///< a lite agent facing a full one
    assumed,  ///< two lite agents: neither sends requests
  };

  /// `granted_at` is the time of the latest answer to a check of the pair, which is a consent, too;
  /// for a lite agent it is the time of the peer's latest check.
  Consent(Mode mode, Timestamp granted_at, Timestamp now, RandomSource& random)
      : mode_(mode), granted_at_(granted_at), heard_at_(mode == Mode::passive ? granted_at : now) {
    schedule(now, random);
  }

  /// An authenticated response came.
  void granted(Timestamp now) { granted_at_ = heard_at_ = now; }
  /// The peer's own request or its data came: the peer is alive.
  void heard(Timestamp at) { heard_at_ = std::max(heard_at_, at); }
  /// Section 5.1: "between 0.8 and 1.2 times the basic period".
  void schedule(Timestamp now, RandomSource& random) {
    if (mode_ != Mode::active) return;
    constexpr auto kSpread = static_cast<std::uint32_t>(kConsentInterval.count() * 2 / 5);
    next_request_at_ = now + kConsentInterval * 4 / 5 + Duration(random.below(kSpread + 1));
  }

  bool request_is_due(Timestamp now) const { return now >= next_request_at_; }
  /// A request was not answered: loss may be to blame, and only a few are left.
  bool is_overdue(Timestamp now) const {
    return mode_ == Mode::active && now >= granted_at_ + kConsentOverdueAfter;
  }
  /// The peer has been silent for a while.
  bool is_disconnected(Timestamp now) const { return now >= disconnected_at(); }
  bool has_expired(Timestamp now) const { return now >= expires_at(); }

  /// The next time at which one of the questions above has a new answer.
  Timestamp deadline(Timestamp now) const {
    const Timestamp next = std::min(next_request_at_, expires_at());
    return is_disconnected(now) ? next : std::min(next, disconnected_at());
  }

 private:
  Timestamp disconnected_at() const {
    if (mode_ == Mode::assumed) return kNever;
    return heard_at_ + (mode_ == Mode::passive ? kLiteDisconnectedAfter : kDisconnectedAfter);
  }
  Timestamp expires_at() const {
    if (mode_ == Mode::assumed) return kNever;
    return mode_ == Mode::passive ? heard_at_ + kLiteTimeout : granted_at_ + kConsentTimeout;
  }

  Mode mode_;
  Timestamp granted_at_;
  Timestamp heard_at_;
  Timestamp next_request_at_ = kNever;
};

}  // namespace floe::ice
