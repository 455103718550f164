#include "floe/ice/generation.h"

#include <algorithm>

#include "floe/ice/limits.h"

namespace floe::ice {

Generation::Generation(AgentCore& core, Credentials local)
    : core_(core),
      local_(std::move(local)),
      local_key_(core.crypto.hmac_sha1(as_bytes(local_.password))),
      pairs_(locals_, remotes_, core.config.streams),
      schedule_(pairs_, core.pacer),
      nomination_(core.config),
      paths_(core.config.streams, core.config.components) {}

// Local candidates ------------------------------------------------------------------------------

// RFC 8838, section 8.2: after the end-of-candidates indication no further candidate is signalled.
// The peer learns later ones from their checks.
void Generation::announce(LocalIndex index) {
  if (!local_ended_) core_.out.event(LocalCandidateFound{locals_.at(index)});
}

bool Generation::add_local_socket(const LocalSocket& socket) {
  const auto index = locals_.add_host(socket);
  if (!index) return false;
  announce(*index);
  form_pairs_of(*index);
  if (socket.external && !socket.hides_base) {
    const auto external = locals_.add_server_reflexive(socket, *socket.external, std::nullopt);
    if (external) announce(*external);
  }
  return true;
}

void Generation::add_server_reflexive(const StunGatherer::Discovery& discovery) {
  const auto index =
      locals_.add_server_reflexive(discovery.socket, discovery.mapped, discovery.server);
  if (!index) return;
  // Its pairs are those of its base (RFC 8445, section 6.1.2.4), which are there already; if a
  // check revealed it before the server did, it is part of valid ones.
  pairs_.update_priorities(core_.role);
  announce(*index);
}

void Generation::remove_local_socket(Timestamp now, const TransportAddress& base, PairFailure why) {
  for (std::size_t i = 0; i < locals_.all().size(); ++i) {
    const LocalIndex local(static_cast<std::uint16_t>(i));
    const Candidate& candidate = locals_.at(local);
    const bool was_signalled = candidate.type != CandidateType::peer_reflexive;
    if (candidate.base == base && locals_.is_usable(local) && was_signalled) {
      core_.out.event(LocalCandidateRemoved{candidate});
    }
  }
  locals_.remove_base(base);
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    if (locals_.at(pairs_.at(index).local).base != base) continue;
    transactions_.remove_all_of(index);
    const bool was_selected = paths_.find(index) != nullptr;
    pairs_.remove(index, why);
    if (was_selected) lose_path(now, pairs_.at(index).component, why);
  }
}

// Remote candidates -----------------------------------------------------------------------------

bool Generation::set_remote_description(Timestamp now, const SessionDescription& description) {
  if (remote_) return remote_->credentials == description.credentials;
  remote_ = description;
  remote_key_ = core_.crypto.hmac_sha1(as_bytes(description.credentials.password));
  patient_until_ = now + kPatientTime;
  nomination_.set_peer(description);
  take_role_for(description);
  for (const EarlyCheck& check : early_checks_.take()) {
    if (check.sender_ufrag != description.credentials.ufrag) {
      ++core_.counters.unauthenticated_messages;
      continue;
    }
    const auto local = locals_.find_base(check.base);
    const auto pair = local ? pair_of(*local, check) : std::nullopt;
    if (pair) learn_from(now, check, *pair);
  }
  return true;
}

/// RFC 8445, section 6.1.1: "One agent full, one lite: The full agent MUST take the controlling
/// role, and the lite agent MUST take the controlled role."
void Generation::take_role_for(const SessionDescription& peer) {
  if (core_.is_lite() == peer.lite) return;
  take_role(core_.is_lite() ? Role::controlled : Role::controlling);
}

void Generation::take_role(Role role) {
  if (role == core_.role) return;
  core_.role = role;
  pairs_.update_priorities(role);
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    CandidatePair& pair = pairs_.at(PairIndex(static_cast<std::uint16_t>(i)));
    // What was nominated under the other roles was nominated by nobody.
    pair.nominating = false;
    pair.use_candidate_received = false;
    pair.nomination = 0;
  }
  core_.out.event(RoleChanged{});
}

RemoteCandidates::Added Generation::add_remote_candidate(const Candidate& candidate) {
  auto addition = remotes_.add_signalled(candidate);
  if (addition.outcome == RemoteCandidates::Added::limit) {
    if (const auto room = make_room_for(candidate)) {
      remotes_.replace(*room, candidate);
      addition = {RemoteCandidates::Added::added, *room};
    }
  }
  switch (addition.outcome) {
    case RemoteCandidates::Added::added:
      form_pairs_of(addition.index);
      break;
    case RemoteCandidates::Added::merged:
      pairs_.update_priorities(core_.role);
      form_pairs_of(addition.index);
      break;
    case RemoteCandidates::Added::duplicate:
    case RemoteCandidates::Added::limit:
      break;
  }
  return addition.outcome;
}

/// What the peer took back goes first: a peer that moves on and on must not be cut off in the end.
/// Of the others the lowest goes, unless something is being done with it.
std::optional<RemoteIndex> Generation::make_room_for(const Candidate& candidate) {
  std::optional<RemoteIndex> lowest;
  for (std::size_t i = 0; i < remotes_.all().size(); ++i) {
    const RemoteIndex index(static_cast<std::uint16_t>(i));
    if (is_in_use(index)) continue;
    if (!remotes_.is_usable(index)) {
      pairs_.forget(index);
      return index;
    }
    if (!lowest || remotes_.at(index).priority < remotes_.at(*lowest).priority) lowest = index;
  }
  if (!lowest || remotes_.at(*lowest).priority >= candidate.priority) return std::nullopt;
  pairs_.forget(*lowest);
  ++core_.counters.candidates_refused;
  return lowest;
}

bool Generation::is_in_use(RemoteIndex remote) const {
  const bool was_taken_back = !remotes_.is_usable(remote);
  return std::ranges::any_of(pairs_.all(), [&](const CandidatePair& pair) {
    if (pair.remote != remote) return false;
    if (was_taken_back) return pair.is_valid() || pair.is_pending();
    return pair.heard || pair.is_valid() || pair.state == PairState::in_progress;
  });
}

bool Generation::remove_remote_candidate(const Candidate& candidate) {
  const auto remote = remotes_.find(candidate.id(), candidate.address);
  if (!remote || !remotes_.is_usable(*remote)) return false;
  remotes_.remove(*remote);
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    if (pairs_.at(index).remote != *remote || paths_.find(index) != nullptr) continue;
    transactions_.remove_all_of(index);
    pairs_.remove(index, PairFailure::candidate_removed);
  }
  return true;
}

// Pairs -----------------------------------------------------------------------------------------

// RFC 8445, section 8.1.2: a component with a nominated pair gets no new ordinary checks, unless
// that pair is to be replaced by a better one.
bool Generation::wants_pairs_of(StreamComponent component) const {
  // Between two lite agents the best pair of all is used, in whatever order candidates come.
  if (core_.is_lite()) return remote_ && remote_->lite;
  const SelectedPath* path = paths_.find(component);
  return path == nullptr || path->others_tried || nomination_.keeps_looking(pairs_, path->pair);
}

void Generation::form_pairs_of(LocalIndex local) {
  if (!wants_pairs_of(locals_.at(local).id())) return;
  for (std::size_t i = 0; i < remotes_.all().size(); ++i) {
    const RemoteIndex remote(static_cast<std::uint16_t>(i));
    if (remotes_.is_usable(remote)) add_pair(local, remote);
  }
}

void Generation::form_pairs_of(RemoteIndex remote) {
  if (!wants_pairs_of(remotes_.at(remote).id())) return;
  for (std::size_t i = 0; i < locals_.all().size(); ++i) {
    // Section 6.1.2.4: a reflexive candidate is replaced by its base, and the pair is then the same
    // as the base's own; section 7.2.5.3.1 never pairs a local peer-reflexive one.
    const LocalIndex local(static_cast<std::uint16_t>(i));
    if (locals_.is_base(local) && locals_.is_usable(local)) add_pair(local, remote);
  }
}

void Generation::add_pair(LocalIndex local, RemoteIndex remote) {
  const auto added = pairs_.add(local, remote, core_.role);
  if (!added) return;
  begin_anew(*added);
  path_lost_ = false;
}

/// The place may have been another pair's, whose answers are of no interest any more.
void Generation::begin_anew(PairIndex index) {
  transactions_.remove_all_of(index);
}

// Time ------------------------------------------------------------------------------------------

void Generation::progress(Timestamp now) {
  if (!remote_) return;
  tend_paths(now);
  tend_unselected_pairs(now);
  if (core_.is_lite()) {
    if (remote_->lite) select_between_lite_agents(now);
    return;
  }
  nominate(now);
  while (const auto next = schedule_.next(now)) send_check(now, *next, CheckKind::ordinary);
}

void Generation::handle_timeout(Timestamp now) {
  retransmit_due(now);
}

Timestamp Generation::deadline(Timestamp now) const {
  if (!remote_) return kNever;
  Timestamp earliest = paths_deadline(now);
  if (now < patient_until_ && !is_connected()) earliest = std::min(earliest, patient_until_);
  if (core_.is_lite()) return earliest;
  earliest = std::min({earliest, transactions_.deadline(), schedule_.deadline(now)});
  if (core_.role == Role::controlling) {
    paths_.for_each_component([&](StreamComponent component) {
      const SelectedPath* path = paths_.find(component);
      earliest = std::min(earliest, nomination_.deadline(component, pairs_, path));
    });
  }
  return earliest;
}

// Questions -------------------------------------------------------------------------------------

bool Generation::is_completed() const {
  if (core_.is_lite()) return is_connected();
  return is_connected() && local_ended_ && remote_ended_ && !pairs_.has_pending();
}

bool Generation::has_failed(Timestamp now) const {
  if (!remote_ || is_connected() || (!core_.is_lite() && pairs_.has_pending())) return false;
  const bool has_valid =
      std::ranges::any_of(pairs_.all(), [](const CandidatePair& pair) { return pair.is_valid(); });
  if (path_lost_) return !has_valid;
  // RFC 8838, section 8.1.1: not while candidates of either side may still come; RFC 8863: not
  // before the peer's own checks had their time to arrive.
  return local_ended_ && remote_ended_ && now >= patient_until_;
}

}  // namespace floe::ice
