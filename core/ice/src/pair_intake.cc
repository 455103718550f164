#include "pair_intake.h"

#include <algorithm>

namespace floe::ice {

PairIntake::PairIntake(const CheckList& pairs, LocalIndex local)
    : pairs_(pairs),
      is_new_(std::ranges::find(pairs.all(), local, &CandidatePair::local) == pairs.all().end()) {}

PairIntake::PairIntake(const CheckList& pairs, RemoteIndex remote)
    : pairs_(pairs),
      is_new_(std::ranges::find(pairs.all(), remote, &CandidatePair::remote) == pairs.all().end()) {
}

std::optional<PairIndex> PairIntake::place_for(const PairKind& kind, Worth worth) {
  if (!pairs_.is_full()) return PairIndex(static_cast<std::uint16_t>(pairs_.all().size()));
  if (refusal_ && worth <= refusal_->worth && kind == refusal_->kind) return std::nullopt;
  if (!shares_) shares_ = shares(false);
  auto place = shares_->place_for(kind, worth);
  if (!place && worth.heard) place = shares(true).place_for(kind, worth);
  if (place) return PairIndex(*place);
  refusal_ = {kind, worth};
  return std::nullopt;
}

void PairIntake::take(PairIndex place, const PairKind& kind, Worth worth) {
  refusal_.reset();
  if (shares_) shares_->replace(place.value(), kind, worth);
}

/// No room is made by a pair that works. `with_checked`: it is by those that are being checked and
/// were not heard, and by those that were left: the peer may still send on a pair that it was heard
/// on and that is only not needed any more.
FairShares PairIntake::shares(bool with_checked) const {
  FairShares shares(pairs_.all().size());
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    const Worth worth{pair.heard, pair.priority};
    const bool is_kept = pair.state == PairState::in_progress && !(with_checked && !pair.heard);
    const bool was_left = pair.heard && pair.failure == PairFailure::not_needed;
    const bool may_go =
        !is_kept && !pair.is_valid() && !pairs_.is_triggered(index) && (with_checked || !was_left);
    if (may_go && !pair.is_pending() && !was_left) {
      shares.add_over(worth);
    } else {
      shares.add(pairs_.kind_of(index), worth, may_go);
    }
  }
  return shares;
}

}  // namespace floe::ice
