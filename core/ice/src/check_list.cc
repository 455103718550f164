#include "floe/ice/check_list.h"

#include <algorithm>
#include <tuple>

#include "floe/ice/limits.h"
#include "floe/ice/priority.h"

namespace floe::ice {

// RFC 8445, section 6.1.2.2: pairs are of the same component and "IP address family"; a link-local
// address pairs with link-local ones only.
bool CheckList::fits(LocalIndex local, RemoteIndex remote) const {
  const Candidate& ours = locals_.at(local);
  const Candidate& theirs = remotes_.at(remote);
  if (ours.id() != theirs.id()) return false;
  if (ours.base.ip.family() != theirs.address.ip.family()) return false;
  // What has a name of mDNS is in the network of both, where no relay is, and is not for the relay
  // to know.
  if (ours.type == CandidateType::relayed && theirs.is_hidden_by_name) return false;
  return ours.base.ip.is_ipv4() ||
         ours.base.ip.is_link_local() == theirs.address.ip.is_link_local();
}

std::optional<PairIndex> CheckList::add(LocalIndex local, RemoteIndex remote, Role role) {
  CandidatePair pair;
  pair.local = local;
  pair.remote = remote;
  return put(pair, role);
}

// Section 7.3.1.4: "If the pair is not already on the checklist: The pair is inserted into the
// checklist based on its priority." The limit is for pairs that nobody has heard of.
std::optional<PairIndex> CheckList::add_heard(LocalIndex local, RemoteIndex remote, Role role) {
  CandidatePair pair;
  pair.local = local;
  pair.remote = remote;
  pair.heard = true;
  return put(pair, role);
}

std::optional<PairIndex> CheckList::put(CandidatePair& pair, Role role) {
  if (!fits(pair.local, pair.remote)) return std::nullopt;
  const auto known = find(pair.local, pair.remote);
  if (known && at(*known).state != PairState::removed) return std::nullopt;
  pair.component = locals_.at(pair.local).id();
  pair.priority = priority_of(pair, role);
  pair.state = initial_state(pair);
  const auto place = known ? known : place_for(pair);
  if (place) pairs_[place->value()] = pair;
  return place;
}

// Section 6.1.2.5: beyond the limit the pairs of lowest priority go, but never one that is being
// checked or works.
std::optional<PairIndex> CheckList::place_for(const CandidatePair& pair) {
  if (pairs_.size() < kPairsMax) {
    pairs_.push_back({});
    return index_at(pairs_.size() - 1);
  }
  // First what was given up, then what was not heard.
  const auto worth = [](const CandidatePair& other) {
    return std::tuple(other.is_pending(), other.heard, other.priority);
  };
  const auto is_lower = [&](const CandidatePair& a, const CandidatePair& b) {
    return worth(a) < worth(b);
  };
  std::optional<PairIndex> lowest;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const CandidatePair& other = pairs_[i];
    const bool replaceable = other.state != PairState::in_progress && !other.is_valid() &&
                             std::ranges::find(triggered_, index_at(i)) == triggered_.end();
    if (replaceable && (!lowest || is_lower(other, at(*lowest)))) lowest = index_at(i);
  }
  if (!lowest || !is_lower(at(*lowest), pair)) return std::nullopt;
  return lowest;
}

std::optional<PairIndex> CheckList::find(LocalIndex local, RemoteIndex remote) const {
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    if (pairs_[i].local == local && pairs_[i].remote == remote) return index_at(i);
  }
  return std::nullopt;
}

bool CheckList::has_given_up(RemoteIndex remote) const {
  return std::ranges::none_of(pairs_, [&](const CandidatePair& pair) {
    const bool matters =
        pair.is_pending() || pair.is_valid() || pair.failure == PairFailure::silent;
    return pair.remote == remote && matters;
  });
}

void CheckList::set_valid(PairIndex index, LocalIndex valid_local, Role role) {
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

void CheckList::remove_pending(StreamComponent component) {
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    if (pairs_[i].component == component && pairs_[i].is_pending()) {
      remove(index_at(i), PairFailure::not_needed);
    }
  }
}

void CheckList::remove(PairIndex index, PairFailure why) {
  CandidatePair& pair = at(index);
  // RFC 7675, section 5.1: lost consent does not come back with these credentials, not even with a
  // candidate that comes again.
  if (pair.failure == PairFailure::silent) return;
  pair.state = PairState::removed;
  pair.failure = why;
  pair.nominating = false;
  pair.nominated = false;
  pair.use_candidate_received = false;
  pair.valid_local.reset();
  untrigger(index);
}

void CheckList::forget(RemoteIndex remote) {
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    if (pairs_[i].remote != remote) continue;
    pairs_[i].failure = PairFailure::none;
    // What the former candidate proved says nothing of the next.
    pairs_[i].heard = false;
    remove(index_at(i), PairFailure::candidate_removed);
  }
}

void CheckList::look_again(StreamComponent component) {
  for (CandidatePair& pair : pairs_) {
    const bool is_idle = pair.state == PairState::failed || pair.state == PairState::removed;
    // RFC 7675, section 5.1: never again with these credentials.
    if (pair.component != component || !is_idle || pair.failure == PairFailure::silent) continue;
    if (!locals_.is_usable(pair.local) || !remotes_.is_usable(pair.remote)) continue;
    // Another candidate may have taken the place of the one that it was made of.
    if (!fits(pair.local, pair.remote)) continue;
    pair.state = PairState::waiting;
    pair.attempts = 0;
  }
}

std::uint64_t CheckList::priority_of(const CandidatePair& pair, Role role) const {
  const std::uint32_t ours = locals_.at(pair.valid_local.value_or(pair.local)).priority;
  const std::uint32_t theirs = remotes_.at(pair.remote).priority;
  return role == Role::controlling ? pair_priority(ours, theirs) : pair_priority(theirs, ours);
}

void CheckList::update_priorities(Role role) {
  for (CandidatePair& pair : pairs_) pair.priority = priority_of(pair, role);
}

bool CheckList::is_relayed(PairIndex index) const {
  return locals_.at(at(index).local).type == CandidateType::relayed ||
         remotes_.at(at(index).remote).type == CandidateType::relayed;
}

}  // namespace floe::ice
