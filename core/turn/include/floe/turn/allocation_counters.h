// The counters of one allocation of a client.
#pragma once

#include <cstdint>

namespace floe::turn {

struct AllocationCounters {
  std::uint64_t malformed = 0;   ///< neither STUN nor ChannelData, or an attribute is missing
  std::uint64_t unexpected = 0;  ///< unmatched responses, unknown channels
  std::uint64_t without_permission = 0;  ///< data that the server should not have let through
  std::uint64_t unreachable_peers = 0;   ///< ICMP that the server passed on
  std::uint64_t peers_left_out = 0;      ///< the most at once that got no permission: no room
  std::uint64_t sends_dropped = 0;       ///< no permission, too long, or too many waited
};

}  // namespace floe::turn
