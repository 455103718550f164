#include "floe/turn_server/answer_limit.h"

#include <algorithm>

namespace floe::turn {
namespace {

constexpr std::size_t kPrefixBytesIpv4 = 3;
constexpr std::size_t kPrefixBytesIpv6 = 6;

IpAddress network_of(const IpAddress& ip) {
  std::array<std::uint8_t, 16> bytes{};
  const std::size_t kept = ip.is_ipv4() ? kPrefixBytesIpv4 : kPrefixBytesIpv6;
  std::ranges::copy(ip.bytes().first(kept), bytes.begin());
  return *IpAddress::from_bytes(Bytes(bytes).first(ip.bytes().size()));
}

}  // namespace

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
