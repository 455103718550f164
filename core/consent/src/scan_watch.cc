#include "floe/consent/scan_watch.h"

#include <algorithm>

#include "keyed_hash.h"

namespace floe::consent {

bool ScanWatch::admits(Timestamp now, const TransportAddress& peer) {
  count(now, peer);
  if (tried_ > kScanEnds) is_scan_ = true;
  if (is_scan_) return false;
  if (tried_ <= kScanThrottled) return true;
  if (now < next_throttled_) return false;
  next_throttled_ = now + 1s;
  return true;
}

void ScanWatch::count(Timestamp now, const TransportAddress& peer) {
  if (bits_.empty() || now - began_ >= kMinute) {
    bits_.assign(kScanBits / 64, 0);
    began_ = now;
    tried_ = 0;
  }
  const std::size_t bit = hash_of(key_, peer) % kScanBits;
  const std::uint64_t mask = std::uint64_t{1} << bit % 64;
  if ((bits_[bit / 64] & mask) == 0) ++tried_;
  bits_[bit / 64] |= mask;
}

}  // namespace floe::consent
