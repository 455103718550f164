#include "candidate_exchange.h"

#include <algorithm>

#include "component_hope.h"

namespace floe::ice {
namespace {

/// RFC 8839, section 5.1: stands for an address that the peer must not know.
TransportAddress hidden(Family family) {
  return {IpAddress::any(family), 9};
}

}  // namespace

// Local candidates ------------------------------------------------------------------------------

// RFC 8838, section 13: "an agent MUST NOT convey any more candidates after it has conveyed an
// end-of-candidates indication". The peer learns later ones from the checks that come from them, or
// by a restart (LateSocketAdded).
//
// Deviation: (the same section) "an agent MUST NOT trickle any new candidates within an ICE session
// after nomination". Until the end of candidates ours are signalled all the same: they are spares
// for a path that is lost.
void CandidateExchange::announce(LocalIndex index) {
  if (!locals_.has_ended()) core_.out.event(LocalCandidateFound{locals_.at(index)});
}

bool CandidateExchange::add_local_socket(const LocalSocket& described) {
  LocalSocket socket = described;
  // A lite agent is on a public address (RFC 8445, section 2.5): the inner one is of no use.
  if (core_.is_lite()) socket.hides_base = true;
  const auto index = locals_.add_host(socket);
  if (!index) return false;
  announce(*index);
  formation_.form_pairs_of(*index);
  if (socket.external && !socket.hides_base) {
    const auto external = locals_.add_server_reflexive(socket, *socket.external, std::nullopt);
    if (external) announce(*external);
  }
  return true;
}

void CandidateExchange::add_server_reflexive(const StunGatherer::Discovery& discovery) {
  const auto index =
      locals_.add_server_reflexive(discovery.socket, discovery.mapped, discovery.server);
  if (!index) return;
  // A server-reflexive candidate uses the pairs of its base (RFC 8445, section 6.1.2.4), which
  // exist already. If a check revealed it before the server did, it is part of valid pairs.
  pairs_.update_priorities(core_.role());
  announce(*index);
}

void CandidateExchange::add_relayed(const RelayedAddressFound& relayed, bool hides_mapped) {
  const bool is_shown = relayed.mapped && !hides_mapped;
  const TransportAddress related = is_shown ? *relayed.mapped : hidden(relayed.relayed.ip.family());
  const auto index = locals_.add_relayed(relayed.socket, relayed.relayed, related, relayed.route);
  if (!index) return;
  announce(*index);
  formation_.form_pairs_of(*index);
}

void CandidateExchange::remove_base(Timestamp now, const TransportAddress& base, PairFailure why) {
  for (const LocalIndex index : locals_.indices()) {
    const Candidate& candidate = locals_.at(index);
    const bool was_signalled = candidate.type != CandidateType::peer_reflexive;
    if (candidate.base == base && locals_.is_usable(index) && was_signalled) {
      core_.out.event(LocalCandidateRemoved{candidate});
    }
  }
  locals_.remove_base(base);
  for (const PairIndex index : pairs_.indices()) {
    if (pairs_.local_of(index).base != base) continue;
    const bool was_selected = paths_.find(index) != nullptr;
    client_.remove(index, why);
    if (was_selected) paths_.lose(now, pairs_.at(index).component, why);
  }
}

// Remote candidates -----------------------------------------------------------------------------

// Deviation: (RFC 8838, section 14) "After an agent has received an end-of-candidates indication,
// it MUST ignore any newly received candidates". Agents in the field signal the networks that they
// join later, and the peer's signalling is trusted as before.
AddCandidateResult CandidateExchange::add_remote_candidate(const Candidate& candidate) {
  auto addition = remotes_.add_signalled(candidate);
  if (addition.outcome == RemoteCandidates::Added::limit) {
    if (const auto room = make_room_for(candidate)) {
      remotes_.replace(*room, candidate);
      addition = {RemoteCandidates::Added::added, *room};
    }
  }
  switch (addition.outcome) {
    case RemoteCandidates::Added::added:
      break;
    case RemoteCandidates::Added::merged:
      pairs_.update_priorities(core_.role());
      break;
    case RemoteCandidates::Added::duplicate:
      return AddCandidateResult::duplicate;
    case RemoteCandidates::Added::limit:
      ++core_.counters.candidates_refused;
      return AddCandidateResult::limit;
  }
  formation_.form_pairs_of(addition.index);
  return AddCandidateResult::added;
}

/// Candidates that the peer took back are replaced first: a peer that changes its network again and
/// again must always be able to add candidates. Among the others, one that is not in use is
/// replaced, so that each kind keeps a share.
std::optional<RemoteIndex> CandidateExchange::make_room_for(const Candidate& candidate) {
  FairShares shares(remotes_.all().size());
  for (const RemoteIndex index : remotes_.indices()) {
    const bool may_go = !is_in_use(index);
    if (may_go && !remotes_.is_usable(index)) {
      shares.add_over({});
    } else {
      const Candidate& known = remotes_.at(index);
      shares.add(PairKind(known), {false, known.priority}, may_go);
    }
  }
  const auto place = shares.place_for(PairKind(candidate), {false, candidate.priority});
  if (!place) return std::nullopt;
  const RemoteIndex room(*place);
  if (remotes_.is_usable(room)) ++core_.counters.candidates_refused;
  pairs_.forget(room);
  return room;
}

void CandidateExchange::end_of_remote_candidates() {
  remotes_.end();
  leave_out_absent(paths_.selected(), remotes_);
}

bool CandidateExchange::is_in_use(RemoteIndex remote) const {
  const bool was_taken_back = !remotes_.is_usable(remote);
  return std::ranges::any_of(pairs_.all(), [&](const CandidatePair& pair) {
    if (pair.remote != remote) return false;
    if (was_taken_back) return pair.is_valid() || pair.is_pending();
    return pair.heard || pair.is_valid() || pair.state == PairState::in_progress;
  });
}

/// The pair that is selected stays until another works: the peer may have spoken too soon.
bool CandidateExchange::remove_remote_candidate(Timestamp now, const Candidate& candidate) {
  const auto remote = remotes_.find(candidate.id(), candidate.address);
  if (!remote || !remotes_.is_usable(*remote)) return false;
  remotes_.remove(*remote);
  for (const PairIndex index : pairs_.indices()) {
    if (pairs_.at(index).remote != *remote) continue;
    if (paths_.find(index) != nullptr) {
      paths_.doubt(now, index);
    } else {
      client_.remove(index, PairFailure::candidate_removed);
    }
  }
  return true;
}

}  // namespace floe::ice
