// Limits how often a server answers unauthenticated requests, by the network of their source: the
// source may be forged, and a flood of answers to it is an attack.
//
// Each /24 of IPv4 and each /48 of IPv6 has a bucket, chosen by hash; networks with the same bucket
// share its rate. So the table never grows, and a packet costs one lookup.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "floe/turn_server/address_hash.h"
#include "floe/types/time.h"

namespace floe::turn {

struct AnswerRate {
  std::uint32_t per_second = 0;  ///< to one network; greater than 0
  std::uint32_t burst = 0;       ///< at once, after a pause
};

class AnswerLimit {
 public:
  static constexpr std::size_t kBuckets = 4096;

  AnswerLimit(std::uint64_t hash_key, const AnswerRate& rate);

  /// Whether `source` may be answered now. If so, the answer counts as sent.
  bool take(Timestamp now, const IpAddress& source);

 private:
  AddressHash hash_;
  Duration interval_;
  Duration tolerance_;
  std::vector<Timestamp> next_;  ///< when each bucket would be empty again
};

}  // namespace floe::turn
