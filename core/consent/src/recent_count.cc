#include "recent_count.h"

namespace floe::consent {

void RecentCount::add(Timestamp now) {
  forget_old(now);
  ++parts_[static_cast<std::size_t>(current_) % kParts];
  ++sum_;
}

std::size_t RecentCount::sum(Timestamp now) {
  forget_old(now);
  return sum_;
}

void RecentCount::forget_old(Timestamp now) {
  const std::int64_t part = now.time_since_epoch() / kPart;
  if (part - current_ >= static_cast<std::int64_t>(kParts)) {
    parts_.fill(0);
    sum_ = 0;
    current_ = part;
  }
  while (current_ < part) {
    ++current_;
    std::uint16_t& oldest = parts_[static_cast<std::size_t>(current_) % kParts];
    sum_ -= oldest;
    oldest = 0;
  }
}

}  // namespace floe::consent
