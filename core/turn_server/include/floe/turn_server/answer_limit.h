// How often a server answers those who proved nothing, by the network that they claim to be in: an
// answer goes to whoever was written down as the sender, and a flood of answers is an attack.
//
// A bucket by hash for each /24 of IPv4 and each /48 of IPv6; networks that share one share its
// rate. So the table never grows, whatever comes, and a packet costs a look at one number.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "floe/turn_server/address_hash.h"
#include "floe/types/time.h"

namespace floe::turn {

struct AnswerRate {
  std::uint32_t per_second = 200;  ///< to one network; greater than 0
  std::uint32_t burst = 400;       ///< at once, after a pause
};

class AnswerLimit {
 public:
  static constexpr std::size_t kBuckets = 4096;

  AnswerLimit(std::uint64_t hash_key, const AnswerRate& rate);

  /// Whether `source` may be answered now; then it counts as done.
  bool take(Timestamp now, const IpAddress& source);

 private:
  AddressHash hash_;
  Duration interval_;
  Duration tolerance_;
  std::vector<Timestamp> next_;  ///< when each bucket would be empty again
};

}  // namespace floe::turn
