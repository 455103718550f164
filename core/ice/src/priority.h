// The priorities of candidates and of pairs (RFC 8445, sections 5.1.2 and 6.1.2.3).
#pragma once

#include "floe/ice/candidate.h"

namespace floe::ice {

/// Section 5.1.2.2: "The RECOMMENDED values for type preferences are 126 for host candidates, 110
/// for peer-reflexive candidates, 100 for server-reflexive candidates, and 0 for relayed
/// candidates."
constexpr std::uint32_t type_preference(CandidateType type) {
  switch (type) {
    case CandidateType::host:
      return 126;
    case CandidateType::peer_reflexive:
      return 110;
    case CandidateType::server_reflexive:
      return 100;
    case CandidateType::relayed:
      return 0;
  }
  return 0;
}

/// Section 5.1.2.1: 2^24 * type preference + 2^8 * local preference + (256 - component).
constexpr std::uint32_t candidate_priority(CandidateType type, std::uint16_t local_preference,
                                           ComponentId component) {
  return type_preference(type) << 24 | std::uint32_t{local_preference} << 8 | (256u - component);
}

/// The local preference that went into a priority.
constexpr std::uint16_t local_preference_of(std::uint32_t priority) {
  return static_cast<std::uint16_t>(priority >> 8 & 0xffff);
}

/// Section 6.1.2.3: 2^32 * MIN(G,D) + 2 * MAX(G,D) + (G > D ? 1 : 0), where G is the priority of
/// the controlling agent's candidate and D that of the controlled agent's.
constexpr std::uint64_t pair_priority(std::uint32_t controlling, std::uint32_t controlled) {
  const std::uint64_t low = controlling < controlled ? controlling : controlled;
  const std::uint64_t high = controlling < controlled ? controlled : controlling;
  return (low << 32) + 2 * high + (controlling > controlled ? 1 : 0);
}

}  // namespace floe::ice
