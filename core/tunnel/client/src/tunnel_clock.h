// The delay that the tunnel itself adds to a datagram, in each direction.
//
// The gateway's clock differs from ours. The difference is estimated from the PONG with the
// shortest round trip within kOffsetLifetime, as NTP does (RFC 5905, section 8). The error is at
// most half that round trip, plus the drift of the clocks in that time: 12 ms at 100 ppm.
// All stamps are microseconds modulo 2^32, so differences are taken modulo 2^32 too.
#pragma once

#include <optional>

#include "floe/tunnel/records/datagram_records.h"
#include "floe/types/time.h"

namespace floe::tunnel {

inline constexpr Duration kOffsetLifetime = std::chrono::minutes(2);

class TunnelClock {
 public:
  void on_pong(Timestamp now, Duration round_trip, Stamp gateway) {
    if (best_ && round_trip > *best_ && now - measured_at_ < kOffsetLifetime) return;
    best_ = round_trip;
    measured_at_ = now;
    ahead_ = gateway - stamp_of(now - round_trip / 2);
  }

  /// The delay from the gateway at `sent` to us at `now`; empty before the first PONG. Never
  /// negative.
  std::optional<Duration> downlink(Stamp sent, Timestamp now) const {
    return difference(stamp_of(now) + ahead_, sent);
  }
  /// The delay from us at `sent` to the gateway at `received`.
  std::optional<Duration> uplink(Stamp sent, Stamp received) const {
    return difference(received, sent + ahead_);
  }

 private:
  std::optional<Duration> difference(Stamp later, Stamp earlier) const {
    if (!best_) return std::nullopt;
    const auto us = static_cast<std::int32_t>(later - earlier);
    return Duration{us < 0 ? 0 : us};
  }

  std::optional<Duration> best_;  // the round trip that ahead_ comes from
  Timestamp measured_at_{};
  Stamp ahead_ = 0;  // the gateway's clock minus ours
};

}  // namespace floe::tunnel
