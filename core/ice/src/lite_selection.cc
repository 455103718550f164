#include "lite_selection.h"

namespace floe::ice {

void LiteSelection::handle_check(Timestamp now, PairIndex index, const HeardCheck& check) {
  CandidatePair& pair = pairs_.at(index);
  const bool nominates = check.use_candidate && pair.nomination.is_requested();
  const bool is_move = paths_.find(index) == nullptr && paths_.is_silent(now, pair.component);
  if (!nominates && !is_move) return;
  succeed(index);
  // The check may have come long before the description, and the peer may be silent since then.
  pair.last_response_at = check.heard_at;
  nominates ? nominator_.confirm(now, index) : paths_.select(now, index);
}

void LiteSelection::select_highest(Timestamp now) {
  for (const PairIndex index : pairs_.indices()) {
    if (!pairs_.at(index).is_pending()) continue;
    succeed(index);
    const SelectedPath* path = paths_.find(pairs_.at(index).component);
    const bool is_higher =
        path == nullptr || pairs_.at(path->pair).priority < pairs_.at(index).priority;
    if (is_higher) nominator_.select(now, index);
  }
}

void LiteSelection::succeed(PairIndex index) {
  const CandidatePair& pair = pairs_.at(index);
  if (!pair.is_valid()) pairs_.succeed(index, pair.local, role_);
}

}  // namespace floe::ice
