// How much one client may send, or receive, a second: datagrams and bytes.
//
// Up to a second's worth may go at once after a pause.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::gateway {

class ClientShare {
 public:
  /// 0: no limit.
  ClientShare(std::uint64_t datagrams_per_second, std::uint64_t bytes_per_second)
      : datagrams_(datagrams_per_second), bytes_(bytes_per_second) {}

  /// Whether a datagram of `size` bytes may pass now; then it counts.
  bool take(Timestamp now, std::size_t size) {
    if (!datagrams_.has(now) || !bytes_.has(now)) return false;
    datagrams_.take(now, 1);
    bytes_.take(now, size);
    return true;
  }

 private:
  class Limit {
   public:
    explicit Limit(std::uint64_t per_second) : per_second_(per_second) {}
    bool has(Timestamp now) const { return per_second_ == 0 || paid_at_ - now < 1s; }
    void take(Timestamp now, std::uint64_t amount) {
      if (per_second_ == 0) return;
      // Microseconds are too coarse for the cost of one byte: the rest is kept for the next.
      owed_ += amount * 1'000'000;
      paid_at_ = std::max(paid_at_, now) + Duration(static_cast<std::int64_t>(owed_ / per_second_));
      owed_ %= per_second_;
    }

   private:
    std::uint64_t per_second_;
    std::uint64_t owed_ = 0;
    Timestamp paid_at_{};
  };

  Limit datagrams_;
  Limit bytes_;
};

}  // namespace floe::gateway
