// The part of CheckList about whose turn it is.
#include <algorithm>

#include "floe/ice/check_list.h"

namespace floe::ice {

void CheckList::trigger(PairIndex index) {
  // A pair that is being checked has had its reason.
  if (at(index).state != PairState::in_progress) at(index).attempts = 0;
  const bool queued = std::ranges::find(triggered_, index) != triggered_.end();
  if (!queued) triggered_.push_back(index);
}

std::optional<PairIndex> CheckList::best_of(DataStreamId stream, PairState state) const {
  std::optional<PairIndex> best;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    if (pairs_[i].state != state || pairs_[i].component.stream != stream) continue;
    // Among equals the one that came first.
    if (!best || pairs_[i].priority > at(*best).priority) best = index_at(i);
  }
  return best;
}

// Section 6.1.4.2: "If there are no candidate pairs in the Waiting state ... for each pair in the
// Frozen state ... if there are no pairs with the same foundation in the Waiting or In-Progress
// state ... set the candidate pair state to Waiting".
void CheckList::thaw(DataStreamId stream) {
  for (CandidatePair& pair : pairs_) {
    if (pair.component.stream == stream && may_thaw(pair)) pair.state = PairState::waiting;
  }
}

// Deviation: (section 6.1.4.2) a slot that would stay idle goes to a frozen pair, though its
// foundation is still being tried. That may take 39.5 seconds; and when two agents behind NATs that
// filter each thaw the component that the other does not, both wait for a check that never comes.
std::optional<PairIndex> CheckList::next_waiting() {
  if (const auto next = next_of(PairState::waiting)) return next;
  return next_of(PairState::frozen);
}

// The lists have their turns one after the other; one that has nothing to check passes its turn on.
std::optional<PairIndex> CheckList::next_of(PairState state) {
  for (std::uint8_t passed = 0; passed < streams_; ++passed) {
    const auto stream = static_cast<DataStreamId>((turn_ + passed) % streams_);
    auto next = best_of(stream, state);
    if (!next && state == PairState::waiting) {
      thaw(stream);
      next = best_of(stream, state);
    }
    if (!next) continue;
    turn_ = static_cast<DataStreamId>((stream + 1) % streams_);
    return next;
  }
  return std::nullopt;
}

bool CheckList::has_waiting() const {
  return std::ranges::any_of(pairs_, [](const CandidatePair& pair) {
    return pair.state == PairState::waiting || pair.state == PairState::frozen;
  });
}

bool CheckList::may_thaw(const CandidatePair& pair) const {
  if (pair.state != PairState::frozen) return false;
  return std::ranges::none_of(pairs_, [&](const CandidatePair& other) {
    return (other.state == PairState::waiting || other.state == PairState::in_progress) &&
           same_foundation(pair, other);
  });
}

// Sections 6.1.2.6, and 12 of RFC 8838 for pairs that come later: a pair waits if nothing of its
// foundation is being tried yet, or something of it worked; otherwise it is frozen.
PairState CheckList::initial_state(const CandidatePair& pair) const {
  bool group_is_busy = false;
  for (const CandidatePair& other : pairs_) {
    if (!same_foundation(pair, other)) continue;
    if (other.state == PairState::succeeded) return PairState::waiting;
    group_is_busy = group_is_busy || other.is_pending();
  }
  return group_is_busy ? PairState::frozen : PairState::waiting;
}

bool CheckList::same_foundation(const CandidatePair& a, const CandidatePair& b) const {
  return locals_.at(a.local).foundation == locals_.at(b.local).foundation &&
         remotes_.at(a.remote).foundation == remotes_.at(b.remote).foundation;
}

void CheckList::unfreeze_foundation_of(PairIndex succeeded) {
  for (CandidatePair& pair : pairs_) {
    if (pair.state == PairState::frozen && same_foundation(pair, at(succeeded))) {
      pair.state = PairState::waiting;
    }
  }
}

std::size_t CheckList::active_count() const {
  return static_cast<std::size_t>(std::ranges::count_if(pairs_, [](const CandidatePair& pair) {
    return pair.state == PairState::waiting || pair.state == PairState::in_progress;
  }));
}

bool CheckList::has_pending() const {
  return std::ranges::any_of(pairs_, [](const CandidatePair& pair) { return pair.is_pending(); });
}

}  // namespace floe::ice
