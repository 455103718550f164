#include "local_candidates.h"

#include <algorithm>

#include "floe/ice/limits.h"
#include "floe/types/decimal.h"
#include "priority.h"

namespace floe::ice {

// RFC 8445, section 5.1.1.3: candidates have the same foundation when type, base IP address, server
// and transport protocol are the same. The foundations are numbered as they come.
Foundation LocalCandidates::foundation_of(const FoundationKey& key) {
  const auto number = std::ranges::find(foundations_, key) - foundations_.begin() + 1;
  if (static_cast<std::size_t>(number) > foundations_.size()) foundations_.push_back(key);
  return *Foundation::parse(to_decimal(static_cast<std::uint64_t>(number)));
}

std::optional<LocalIndex> LocalCandidates::add(const Candidate& candidate) {
  const auto same = std::ranges::find_if(candidates_, [&](const Candidate& other) {
    return other.id() == candidate.id() && other.address == candidate.address &&
           other.base == candidate.base;
  });
  if (same != candidates_.end()) {
    const auto place = static_cast<std::size_t>(same - candidates_.begin());
    // If a check revealed the candidate before the server did, it becomes server-reflexive now:
    // only a server-reflexive candidate is signalled.
    const bool gets_its_name = same->type == CandidateType::peer_reflexive &&
                               candidate.type == CandidateType::server_reflexive;
    if (!gone_[place] && !gets_its_name) return std::nullopt;
    gone_[place] = false;
    *same = candidate;
    return LocalIndex(static_cast<std::uint16_t>(place));
  }
  if (candidates_.size() == kLocalCandidatesMax) return std::nullopt;
  candidates_.push_back(candidate);
  return LocalIndex(static_cast<std::uint16_t>(candidates_.size() - 1));
}

std::optional<LocalIndex> LocalCandidates::add_host(const LocalSocket& socket) {
  const ComponentId component = socket.id.component;
  Candidate candidate;
  candidate.type = CandidateType::host;
  candidate.stream = socket.id.stream;
  candidate.component = component;
  candidate.priority = candidate_priority(candidate.type, socket.local_preference, component);
  candidate.foundation = foundation_of({candidate.type, std::nullopt, socket.base.ip});
  candidate.base = socket.base;
  const bool shows_external = socket.external && socket.hides_base;
  candidate.address = shows_external ? *socket.external : socket.base;
  return add(candidate);
}

std::optional<LocalIndex> LocalCandidates::add_server_reflexive(
    const LocalSocket& socket, const TransportAddress& mapped,
    const std::optional<IpAddress>& server) {
  const ComponentId component = socket.id.component;
  Candidate candidate;
  candidate.type = CandidateType::server_reflexive;
  candidate.stream = socket.id.stream;
  candidate.component = component;
  candidate.priority = candidate_priority(candidate.type, socket.local_preference, component);
  candidate.foundation = foundation_of({candidate.type, std::nullopt, socket.base.ip, server});
  candidate.address = mapped;
  candidate.base = socket.base;
  candidate.related = socket.external && socket.hides_base ? *socket.external : socket.base;
  return add(candidate);
}

std::optional<LocalIndex> LocalCandidates::add_relayed(const LocalSocket& socket,
                                                       const TransportAddress& relayed,
                                                       const TransportAddress& related,
                                                       const RelayRoute& route) {
  Candidate candidate;
  candidate.type = CandidateType::relayed;
  candidate.stream = socket.id.stream;
  candidate.component = socket.id.component;
  candidate.priority =
      candidate_priority(candidate.type, socket.local_preference, socket.id.component);
  candidate.foundation =
      foundation_of({candidate.type, route.transport, relayed.ip, route.server.ip});
  // Section 5.1.1.2: "The base of a relayed candidate is that candidate itself".
  candidate.address = relayed;
  candidate.base = relayed;
  candidate.related = related;
  return add(candidate);
}

std::optional<LocalIndex> LocalCandidates::add_peer_reflexive(const Candidate& base,
                                                              const TransportAddress& mapped,
                                                              std::uint32_t priority) {
  Candidate candidate;
  candidate.type = CandidateType::peer_reflexive;
  candidate.stream = base.stream;
  candidate.component = base.component;
  candidate.priority = priority;
  candidate.foundation = foundation_of({candidate.type, std::nullopt, base.base.ip});
  candidate.address = mapped;
  candidate.base = base.base;
  candidate.related = base.base;
  return add(candidate);
}

LocalIndex LocalCandidates::discover(LocalIndex base, const TransportAddress& mapped,
                                     std::uint32_t priority) {
  // A copy, since adding may move the list.
  const Candidate candidate = at(base);
  if (mapped == candidate.address) return base;
  if (const auto known = find(candidate.id(), mapped, candidate.base)) return *known;
  return add_peer_reflexive(candidate, mapped, priority).value_or(base);
}

void LocalCandidates::remove_base(const TransportAddress& base) {
  for (const LocalIndex index : indices()) {
    if (at(index).base == base) gone_[index.value()] = true;
  }
}

std::optional<LocalIndex> LocalCandidates::find_base(const TransportAddress& base) const {
  for (const LocalIndex index : indices()) {
    if (is_base(index) && at(index).base == base && is_usable(index)) return index;
  }
  return std::nullopt;
}

std::optional<StreamComponent> LocalCandidates::component_of(const TransportAddress& base) const {
  const auto local = find_base(base);
  if (!local) return std::nullopt;
  return at(*local).id();
}

std::optional<LocalIndex> LocalCandidates::find(StreamComponent component,
                                                const TransportAddress& address,
                                                const TransportAddress& base) const {
  for (const LocalIndex index : indices()) {
    const Candidate& candidate = at(index);
    if (candidate.id() == component && candidate.address == address && candidate.base == base) {
      return index;
    }
  }
  return std::nullopt;
}

List<Candidate> LocalCandidates::usable() const {
  List<Candidate> usable;
  for (const LocalIndex index : indices()) {
    if (is_usable(index)) usable.push_back(at(index));
  }
  return usable;
}

}  // namespace floe::ice
