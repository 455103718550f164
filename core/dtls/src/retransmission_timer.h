// The timer that mbedTLS runs a handshake by, on the time that this end is told.
//
// mbedTLS doubles the time each time that it sends a flight again (RFC 6347, section 4.2.4.1).
// Deviation: the second time is as long as the first, and none is longer than kTimeoutMax. A flight
// is a few datagrams, of which a second copy may be lost as well. From a first time of a second on,
// 30 s would else hold six copies, and where a path loses 30 % each way, half of the copies or of
// their answers are lost. RFC 9147, section 5.8.2: "the effect on congestion of shorter timeouts is
// smaller than in generic protocols such as TCP or QUIC".
#pragma once

#include <algorithm>

#include "floe/dtls/options.h"
#include "floe/types/time.h"

namespace floe::dtls {

class RetransmissionTimer {
 public:
  /// `first`: before a flight is sent again for the first time.
  explicit RetransmissionTimer(Duration first) : told_first_(first), first_(first) {}

  void set_time(Timestamp now) { now_ = now; }
  Timestamp deadline() const { return is_held_ ? kNever : expires_; }

  /// It does not expire, until it begins.
  void hold() { is_held_ = true; }
  /// The flight of this end is sent now. `first` takes the place of the time before.
  void begin(Timestamp now, Duration first) {
    is_held_ = false;
    first_ = first;
    now_ = now;
    if (expires_ != kNever) expires_ = now + first;
  }

  bool has_expired() const { return !is_held_ && now_ >= expires_; }
  /// The times that mbedTLS counts by: what it was told at first, and what it waits for now.
  Duration told_first() const { return told_first_; }
  Duration told() const { return told_; }
  /// The flight that waits was sent again at least once.
  bool is_doubled() const { return told_ >= 2 * told_first_; }

  /// As mbedTLS calls them, with `timer` as context: both times in milliseconds from now.
  static void set(void* timer, std::uint32_t intermediate, std::uint32_t final) {
    auto& self = *static_cast<RetransmissionTimer*>(timer);
    self.warns_ = self.now_ + std::chrono::milliseconds(intermediate);
    self.expires_ = kNever;
    if (final == 0) return;
    self.told_ = std::chrono::milliseconds(final);
    self.expires_ = self.now_ + self.time_of(self.told_);
  }

  static int get(void* timer) {
    constexpr int kCancelled = -1;
    const auto& self = *static_cast<RetransmissionTimer*>(timer);
    if (self.expires_ == kNever) return kCancelled;
    if (self.is_held_) return 0;
    return self.has_expired() ? 2 : self.now_ >= self.warns_ ? 1 : 0;
  }

 private:
  /// mbedTLS doubles the time that it was told at first.
  Duration time_of(Duration doubled) const {
    return std::clamp(doubled * first_.count() / told_first_.count() / 2, first_, kTimeoutMax);
  }

  const Duration told_first_;
  Duration told_{};
  Duration first_;
  bool is_held_ = false;
  Timestamp now_{};
  Timestamp warns_ = kNever;
  Timestamp expires_ = kNever;
};

}  // namespace floe::dtls
