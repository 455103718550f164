#include "pair_foundations.h"

#include <algorithm>

namespace floe::ice {

bool PairFoundations::are_same(const CandidatePair& a, const CandidatePair& b) const {
  return locals_.at(a.local).foundation == locals_.at(b.local).foundation &&
         remotes_.at(a.remote).foundation == remotes_.at(b.remote).foundation;
}

// Section 6.1.2.6, and RFC 8838, section 12, for pairs that come later: a pair is Waiting if no
// pair of its foundation is being tried yet, or if one of them succeeded; otherwise it is Frozen.
PairState PairFoundations::initial_state(const CandidatePair& pair) const {
  bool group_is_busy = false;
  for (const CandidatePair& other : pairs_) {
    if (!are_same(pair, other)) continue;
    if (other.state == PairState::succeeded) return PairState::waiting;
    group_is_busy = group_is_busy || other.is_pending();
  }
  return group_is_busy ? PairState::frozen : PairState::waiting;
}

bool PairFoundations::may_unfreeze(const CandidatePair& pair) const {
  if (pair.state != PairState::frozen) return false;
  return std::ranges::none_of(pairs_, [&](const CandidatePair& other) {
    return (other.state == PairState::waiting || other.state == PairState::in_progress) &&
           are_same(pair, other);
  });
}

}  // namespace floe::ice
