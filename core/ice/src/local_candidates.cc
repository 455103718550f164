#include "floe/ice/local_candidates.h"

#include <algorithm>

#include "floe/ice/limits.h"
#include "floe/ice/priority.h"

namespace floe::ice {

// RFC 8445, section 5.1.1.3: candidates have the same foundation when type, base IP address, server
// and transport protocol are the same. They are numbered as they come.
Foundation LocalCandidates::foundation_of(CandidateType type, const IpAddress& base) {
  const FoundationKey key{type, base};
  auto place = std::ranges::find(foundations_, key);
  if (place == foundations_.end()) place = foundations_.insert(place, key);
  const auto number = place - foundations_.begin() + 1;
  return *Foundation::parse(std::to_string(number));
}

std::optional<LocalIndex> LocalCandidates::add(const Candidate& candidate) {
  const auto same = std::ranges::find_if(candidates_, [&](const Candidate& other) {
    return other.component == candidate.component && other.address == candidate.address &&
           other.base == candidate.base;
  });
  if (same != candidates_.end()) {
    const auto place = static_cast<std::size_t>(same - candidates_.begin());
    if (!gone_[place]) return std::nullopt;
    gone_[place] = false;
    *same = candidate;
    return LocalIndex(static_cast<std::uint16_t>(place));
  }
  if (candidates_.size() == kLocalCandidatesMax) return std::nullopt;
  candidates_.push_back(candidate);
  gone_.push_back(false);
  return LocalIndex(static_cast<std::uint16_t>(candidates_.size() - 1));
}

std::optional<LocalIndex> LocalCandidates::add_host(Component component, const SocketAddress& base,
                                                    std::uint16_t local_preference) {
  Candidate candidate;
  candidate.type = CandidateType::host;
  candidate.component = component;
  candidate.priority = candidate_priority(CandidateType::host, local_preference, component);
  candidate.foundation = foundation_of(CandidateType::host, base.ip);
  candidate.address = base;
  candidate.base = base;
  return add(candidate);
}

std::optional<LocalIndex> LocalCandidates::add_peer_reflexive(const Candidate& base,
                                                              const SocketAddress& mapped,
                                                              std::uint32_t priority) {
  Candidate candidate;
  candidate.type = CandidateType::peer_reflexive;
  candidate.component = base.component;
  candidate.priority = priority;
  candidate.foundation = foundation_of(CandidateType::peer_reflexive, base.base.ip);
  candidate.address = mapped;
  candidate.base = base.base;
  candidate.related = base.base;
  return add(candidate);
}

void LocalCandidates::remove_base(const SocketAddress& base) {
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (candidates_[i].base == base) gone_[i] = true;
  }
}

std::optional<LocalIndex> LocalCandidates::find_base(const SocketAddress& base) const {
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (candidates_[i].type == CandidateType::host && candidates_[i].base == base && !gone_[i]) {
      return LocalIndex(static_cast<std::uint16_t>(i));
    }
  }
  return std::nullopt;
}

std::optional<LocalIndex> LocalCandidates::find(Component component,
                                                const SocketAddress& address) const {
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (candidates_[i].component == component && candidates_[i].address == address) {
      return LocalIndex(static_cast<std::uint16_t>(i));
    }
  }
  return std::nullopt;
}

}  // namespace floe::ice
