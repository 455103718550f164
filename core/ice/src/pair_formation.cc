#include "pair_formation.h"

namespace floe::ice {

// RFC 8445, section 8.1.2: a component with a nominated pair gets no new ordinary checks, unless
// that pair is to be replaced by a better one.
bool PairFormation::wants_pairs_of(StreamComponent component) const {
  // Between two lite agents the best pair of all is used, in whatever order candidates come.
  if (core_.is_lite()) return paths_.peer_is_lite();
  const SelectedPath* path = paths_.find(component);
  return path == nullptr || path->liveness.others_checked() ||
         policy_.keeps_looking(pairs_, path->pair);
}

void PairFormation::form_pairs_of(LocalIndex local) {
  if (!wants_pairs_of(pairs_.locals().at(local).id())) return;
  PairIntake intake(pairs_, local);
  for (const RemoteIndex remote : remotes_.indices()) {
    if (remotes_.is_usable(remote)) add(intake, local, remote);
  }
}

void PairFormation::form_pairs_of(RemoteIndex remote) {
  if (!wants_pairs_of(remotes_.at(remote).id())) return;
  const LocalCandidates& locals = pairs_.locals();
  PairIntake intake(pairs_, remote);
  for (const LocalIndex local : locals.indices()) {
    // Section 6.1.2.4: a reflexive candidate is replaced by its base, and the pair is then the same
    // as the base's own; a local peer-reflexive candidate is never paired (section 7.2.5.3.1).
    if (locals.is_base(local) && locals.is_usable(local)) add(intake, local, remote);
  }
}

void PairFormation::check_others(Timestamp now, StreamComponent component) {
  const LocalCandidates& locals = pairs_.locals();
  for (const LocalIndex local : locals.indices()) {
    const bool is_ours =
        locals.at(local).id() == component && locals.is_base(local) && locals.is_usable(local);
    if (!is_ours) continue;
    PairIntake intake(pairs_, local);
    for (const RemoteIndex remote : remotes_.indices()) {
      if (remotes_.is_usable(remote) && !pairs_.find(local, remote)) put(intake, local, remote);
    }
  }
  paths_.recheck_others(now, component);
}

void PairFormation::add(PairIntake& intake, LocalIndex local, RemoteIndex remote) {
  if (put(intake, local, remote)) paths_.handle_new_pair();
}

bool PairFormation::put(PairIntake& intake, LocalIndex local, RemoteIndex remote) {
  const auto added = pairs_.add(intake, local, remote, core_.role());
  // Another pair may have had this place before.
  if (added) client_.forget(*added);
  return added.has_value();
}

std::optional<PairIndex> PairFormation::pair_of(LocalIndex local, const HeardCheck& check) {
  const StreamComponent component = pairs_.locals().at(local).id();
  auto remote = remotes_.find(component, check.path.remote);
  if (!remote) remote = add_peer_reflexive(component, check);
  if (!remote) {
    ++core_.counters.candidates_refused;
    return std::nullopt;
  }
  const auto known = pairs_.find(local, *remote);
  if (known) return known;
  const auto added = pairs_.add_heard(local, *remote, core_.role());
  if (!added) return std::nullopt;
  client_.forget(*added);
  const bool is_wanted = core_.is_lite() || check.use_candidate || wants_pairs_of(component);
  if (is_wanted) {
    paths_.handle_new_pair();
  } else {
    // The pair is kept without checks: the peer is answered, and may send its data on this path.
    pairs_.remove(*added, PairFailure::not_needed);
  }
  return added;
}

/// Peer-reflexive candidates whose pairs were given up are replaced: a NAT that loses its state
/// gives the peer a new address again and again.
std::optional<RemoteIndex> PairFormation::add_peer_reflexive(StreamComponent component,
                                                             const HeardCheck& check) {
  const TransportAddress& source = check.path.remote;
  const auto added = remotes_.add_peer_reflexive(component, source, check.priority);
  if (added) return added;
  for (const RemoteIndex index : remotes_.indices()) {
    const bool is_peer_reflexive = remotes_.at(index).type == CandidateType::peer_reflexive;
    if (!is_peer_reflexive || !pairs_.has_given_up(index)) continue;
    pairs_.forget(index);
    remotes_.replace_peer_reflexive(index, component, source, check.priority);
    return index;
  }
  return std::nullopt;
}

}  // namespace floe::ice
