#include "check_list.h"

#include <algorithm>
#include <tuple>

#include "pair_intake.h"
#include "priority.h"

namespace floe::ice {

// RFC 8445, section 6.1.2.2: the candidates of a pair have the same component and "IP address
// family"; a link-local address pairs with link-local ones only. RFC 6544, section 6.2: and the
// same protocol.
bool CheckList::fits(LocalIndex local, RemoteIndex remote) const {
  const Candidate& ours = locals_.at(local);
  const Candidate& theirs = remotes_.at(remote);
  if (ours.id() != theirs.id()) return false;
  if (ours.base.ip.family() != theirs.address.ip.family()) return false;
  if (ours.base.protocol != theirs.address.protocol) return false;
  // A candidate with an mDNS name is in the local network of both agents, and the relay is outside
  // of it; the relay must not learn its address.
  if (ours.type == CandidateType::relayed && theirs.is_hidden_by_name) return false;
  return ours.base.ip.is_ipv4() ||
         ours.base.ip.is_link_local() == theirs.address.ip.is_link_local();
}

std::optional<PairIndex> CheckList::add(LocalIndex local, RemoteIndex remote, Role role) {
  PairIntake intake(*this);
  return put(intake, local, remote, false, role);
}

// Section 7.3.1.4: "If the pair is not already on the checklist: The pair is inserted into the
// checklist based on its priority." The limit is for pairs that delivered no message.
std::optional<PairIndex> CheckList::add_heard(LocalIndex local, RemoteIndex remote, Role role) {
  PairIntake intake(*this);
  return put(intake, local, remote, true, role);
}

std::optional<PairIndex> CheckList::put(PairIntake& intake, LocalIndex local, RemoteIndex remote,
                                        bool heard, Role role) {
  if (!fits(local, remote)) return std::nullopt;
  const auto known = intake.is_new() ? std::nullopt : find(local, remote);
  if (known && at(*known).state != PairState::removed) return std::nullopt;
  // A pair that comes back was heard if it was before: data of the peer may be under way on it.
  heard = heard || (known && at(*known).heard);
  const PairKind kind(locals_.at(local), remotes_.at(remote));
  const PairIntake::Worth worth{heard, priority_of(local, remote, role)};
  const auto place = known ? known : intake.place_for(kind, worth);
  if (!place) return std::nullopt;
  CandidatePair pair;
  pair.local = local;
  pair.remote = remote;
  pair.heard = heard;
  pair.component = locals_.at(local).id();
  pair.priority = worth.priority;
  pair.state = foundations().initial_state(pair);
  intake.take(*place, kind, worth);
  if (place->value() == pairs_.size()) {
    // A list that doubles by itself would get room for more pairs than the limit.
    if (2 * pairs_.size() > limit_) pairs_.reserve(limit_);
    pairs_.push_back(pair);
  } else {
    pairs_[place->value()] = pair;
  }
  return place;
}

std::optional<PairIndex> CheckList::find(LocalIndex local, RemoteIndex remote) const {
  for (const PairIndex index : indices()) {
    if (at(index).local == local && at(index).remote == remote) return index;
  }
  return std::nullopt;
}

std::optional<PairIndex> CheckList::find(const Route& path) const {
  const auto local = locals_.find_base(path.local);
  const auto remote = local ? remotes_.find(locals_.at(*local).id(), path.remote) : std::nullopt;
  return remote ? find(*local, *remote) : std::nullopt;
}

// Triggered checks ------------------------------------------------------------------------------

void CheckList::trigger(PairIndex index) {
  // The count of attempts does not start again while the pair is being checked.
  if (at(index).state != PairState::in_progress) at(index).attempts = 0;
  triggered_.add(index);
}

// Transitions -----------------------------------------------------------------------------------

// Section 6.1.4.2: "For a given foundation, if there is no pair (in any checklist in the checklist
// set) in the Waiting or In-Progress state, the agent puts the candidate pair state to Waiting".
void CheckList::unfreeze(DataStreamId stream) {
  for (CandidatePair& pair : pairs_) {
    if (pair.component.stream == stream && foundations().may_unfreeze(pair)) {
      pair.state = PairState::waiting;
    }
  }
}

void CheckList::unfreeze_foundation_of(PairIndex succeeded) {
  for (CandidatePair& pair : pairs_) {
    if (pair.state == PairState::frozen && foundations().are_same(pair, at(succeeded))) {
      pair.state = PairState::waiting;
    }
  }
}

void CheckList::begin_check(PairIndex index) {
  if (!at(index).is_valid()) at(index).state = PairState::in_progress;
}

void CheckList::succeed(PairIndex index, LocalIndex valid_local, Role role) {
  CandidatePair& pair = at(index);
  pair.state = PairState::succeeded;
  pair.failure = PairFailure::none;
  pair.valid_local = valid_local;
  pair.priority = priority_of(pair, role);
  untrigger(index);
}

void CheckList::fail(PairIndex index, PairFailure why) {
  CandidatePair& pair = at(index);
  if (pair.state == PairState::removed) return;
  remove(index, why);
  pair.state = PairState::failed;
}

void CheckList::remove(PairIndex index, PairFailure why) {
  CandidatePair& pair = at(index);
  // RFC 7675, section 5.1: lost consent does not come back with these credentials, not even when
  // the candidate is added again.
  if (pair.failure == PairFailure::silent) return;
  pair.state = PairState::removed;
  pair.failure = why;
  pair.nomination.withdraw();
  pair.valid_local.reset();
  untrigger(index);
}

void CheckList::remove_pending(StreamComponent component) {
  for (const PairIndex index : indices()) {
    if (at(index).component == component && at(index).is_pending()) {
      remove(index, PairFailure::not_needed);
    }
  }
}

void CheckList::forget(RemoteIndex remote) {
  for (const PairIndex index : indices()) {
    CandidatePair& pair = at(index);
    if (pair.remote != remote) continue;
    pair.failure = PairFailure::none;
    // A message from the former candidate proves nothing about the next one.
    pair.heard = false;
    remove(index, PairFailure::candidate_removed);
  }
}

void CheckList::recheck(StreamComponent component) {
  for (CandidatePair& pair : pairs_) {
    const bool is_idle = pair.state == PairState::failed || pair.state == PairState::removed;
    // RFC 7675, section 5.1: never again with these credentials.
    if (pair.component != component || !is_idle || pair.failure == PairFailure::silent) continue;
    if (!locals_.is_usable(pair.local) || !remotes_.is_usable(pair.remote)) continue;
    // Another candidate may have taken the place of the pair's own candidate.
    if (!fits(pair.local, pair.remote)) continue;
    pair.state = PairState::waiting;
    pair.attempts = 0;
  }
}

void CheckList::set_role(Role role) {
  update_priorities(role);
  for (CandidatePair& pair : pairs_) pair.nomination.reset();
}

// Questions -------------------------------------------------------------------------------------

std::uint64_t CheckList::priority_of(LocalIndex local, RemoteIndex remote, Role role) const {
  const std::uint32_t ours = locals_.at(local).priority;
  const std::uint32_t theirs = remotes_.at(remote).priority;
  return role == Role::controlling ? pair_priority(ours, theirs) : pair_priority(theirs, ours);
}

std::uint64_t CheckList::priority_of(const CandidatePair& pair, Role role) const {
  return priority_of(pair.valid_local.value_or(pair.local), pair.remote, role);
}

void CheckList::update_priorities(Role role) {
  for (CandidatePair& pair : pairs_) pair.priority = priority_of(pair, role);
}

bool CheckList::is_relayed(PairIndex index) const {
  return local_of(index).type == CandidateType::relayed ||
         remote_of(index).type == CandidateType::relayed;
}

std::size_t CheckList::active_count() const {
  return static_cast<std::size_t>(std::ranges::count_if(pairs_, [](const CandidatePair& pair) {
    return pair.state == PairState::waiting || pair.state == PairState::in_progress;
  }));
}

bool CheckList::has_pending() const {
  return std::ranges::any_of(pairs_, &CandidatePair::is_pending);
}

bool CheckList::has_given_up(RemoteIndex remote) const {
  return std::ranges::none_of(pairs_, [&](const CandidatePair& pair) {
    const bool matters =
        pair.is_pending() || pair.is_valid() || pair.failure == PairFailure::silent;
    return pair.remote == remote && matters;
  });
}

}  // namespace floe::ice
