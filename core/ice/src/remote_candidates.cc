#include "remote_candidates.h"

#include <algorithm>
#include <string>

#include "floe/ice/limits.h"
#include "floe/types/decimal.h"
#include "floe/types/text.h"

namespace floe::ice {

std::optional<RemoteIndex> RemoteCandidates::find(StreamComponent component,
                                                  const TransportAddress& address) const {
  for (const RemoteIndex index : indices()) {
    if (at(index).id() == component && at(index).address == address) return index;
  }
  return std::nullopt;
}

RemoteCandidates::Addition RemoteCandidates::add_signalled(const Candidate& candidate) {
  if (const auto known = find(candidate.id(), candidate.address)) {
    Candidate& existing = candidates_[known->value()];
    if (gone_[known->value()]) {
      replace(*known, candidate);
      return {Added::added, *known};
    }
    if (existing.type != CandidateType::peer_reflexive ||
        candidate.type == CandidateType::peer_reflexive) {
      return {Added::duplicate, *known};
    }
    existing = candidate;
    return {Added::merged, *known};
  }
  if (is_full()) return {Added::limit, RemoteIndex()};
  candidates_.push_back(candidate);
  return {Added::added, RemoteIndex(static_cast<std::uint16_t>(candidates_.size() - 1))};
}

std::optional<RemoteIndex> RemoteCandidates::add_peer_reflexive(StreamComponent component,
                                                                const TransportAddress& address,
                                                                std::uint32_t priority) {
  const auto count =
      std::ranges::count(candidates_, CandidateType::peer_reflexive, &Candidate::type);
  if (is_full() || count == std::ptrdiff_t{kPeerReflexiveCandidatesMax}) {
    return std::nullopt;
  }
  candidates_.push_back(peer_reflexive(component, address, priority));
  return RemoteIndex(static_cast<std::uint16_t>(candidates_.size() - 1));
}

Candidate RemoteCandidates::peer_reflexive(StreamComponent component,
                                           const TransportAddress& address,
                                           std::uint32_t priority) {
  Candidate candidate;
  candidate.type = CandidateType::peer_reflexive;
  candidate.stream = component.stream;
  candidate.component = component.component;
  candidate.priority = priority;
  // RFC 8445, section 7.3.1.3: "The foundation is an arbitrary value, different from the
  // foundations of all other remote candidates." A peer that signals one of these
  // foundations slows only itself.
  const std::string foundation = concat({"floepeerreflexive", to_decimal(++peer_reflexive_count_)});
  candidate.foundation = *Foundation::parse(foundation);
  candidate.address = address;
  candidate.base = address;
  return candidate;
}

bool RemoteCandidates::is_full() const {
  return candidates_.size() == kRemoteCandidatesMax;
}

void RemoteCandidates::replace(RemoteIndex index, const Candidate& candidate) {
  candidates_[index.value()] = candidate;
  gone_[index.value()] = false;
}

List<Candidate> RemoteCandidates::usable() const {
  List<Candidate> usable;
  for (const RemoteIndex index : indices()) {
    if (is_usable(index)) usable.push_back(at(index));
  }
  return usable;
}

}  // namespace floe::ice
