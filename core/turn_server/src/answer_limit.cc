#include "floe/turn_server/answer_limit.h"

#include <algorithm>

namespace floe::turn {
AnswerLimit::AnswerLimit(std::uint64_t hash_key, const AnswerRate& rate)
    : hash_(hash_key),
      interval_(Duration(1s) / rate.per_second),
      tolerance_(interval_ * rate.burst),
      next_(kBuckets) {}

bool AnswerLimit::take(Timestamp now, const IpAddress& source) {
  Timestamp& next = next_[hash_(TransportAddress{network_of(source), 0}) % kBuckets];
  next = std::max(next, now);
  if (next - now >= tolerance_) return false;
  next += interval_;
  return true;
}

}  // namespace floe::turn
