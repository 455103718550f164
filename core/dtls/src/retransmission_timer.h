// The timer that mbedTLS runs a handshake by, on the time that this end is told.
#pragma once

#include "floe/types/time.h"

namespace floe::dtls {

class RetransmissionTimer {
 public:
  void set_time(Timestamp now) { now_ = now; }
  Timestamp deadline() const { return expires_; }

  /// As mbedTLS calls them, with `timer` as context: both times in milliseconds from now.
  static void set(void* timer, std::uint32_t intermediate, std::uint32_t final) {
    auto& self = *static_cast<RetransmissionTimer*>(timer);
    self.warns_ = self.now_ + std::chrono::milliseconds(intermediate);
    self.expires_ = final == 0 ? kNever : self.now_ + std::chrono::milliseconds(final);
  }

  static int get(void* timer) {
    constexpr int kCancelled = -1;
    const auto& self = *static_cast<RetransmissionTimer*>(timer);
    if (self.expires_ == kNever) return kCancelled;
    return self.now_ >= self.expires_ ? 2 : self.now_ >= self.warns_ ? 1 : 0;
  }

 private:
  Timestamp now_{};
  Timestamp warns_ = kNever;
  Timestamp expires_ = kNever;
};

}  // namespace floe::dtls
