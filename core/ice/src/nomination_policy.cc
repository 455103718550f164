#include "nomination_policy.h"

#include <algorithm>

namespace floe::ice {

struct NominationPolicy::Evaluation {
  std::optional<PairIndex> best_valid;
  std::optional<PairIndex> pending;  // the pair nominated last, after the selected one
  bool better_is_pending = false;
  bool is_under_way = false;  // a nomination is sent and not answered
};

void NominationPolicy::set_peer(const SessionDescription& peer) {
  peer_is_ice2_ = peer.options.ice2;
  // Only if both agents say "renomination": the peer judges our nominations by the options that we
  // sent (Agent::ice_options).
  renomination_understood_ =
      peer.options.renomination && config_.nomination != NominationMode::aggressive;
  // A peer that says "ice2" follows RFC 8445, which has no aggressive nomination; a lite peer uses
  // the first pair on which USE-CANDIDATE comes.
  aggressive_ =
      config_.nomination == NominationMode::aggressive && !peer.options.ice2 && !peer.lite;
}

NominationPolicy::Evaluation NominationPolicy::evaluate(StreamComponent component,
                                                        const CheckList& pairs,
                                                        const SelectedPath* selected) const {
  Evaluation evaluation;
  std::uint32_t latest = selected != nullptr ? pairs.at(selected->pair).nomination.value() : 0;
  for (const PairIndex index : pairs.indices()) {
    const CandidatePair& pair = pairs.at(index);
    if (pair.component != component || !pair.is_valid()) continue;
    evaluation.is_under_way = evaluation.is_under_way || pair.nomination.is_pending();
    if (selected != nullptr && selected->pair == index) continue;
    if (selected != nullptr && pair.nomination.value() > latest) {
      evaluation.pending = index;
      latest = pair.nomination.value();
    }
    if (!evaluation.best_valid || pair.priority > pairs.at(*evaluation.best_valid).priority) {
      evaluation.best_valid = index;
    }
  }
  if (!evaluation.best_valid) return evaluation;
  const std::uint64_t best = pairs.at(*evaluation.best_valid).priority;
  evaluation.better_is_pending = std::ranges::any_of(pairs.all(), [&](const CandidatePair& pair) {
    return pair.component == component && !pair.is_valid() && pair.is_pending() &&
           pair.priority > best;
  });
  return evaluation;
}

const NominationPolicy::FirstValid* NominationPolicy::find(StreamComponent component) const {
  const auto place = std::ranges::find(first_valid_, component, &FirstValid::component);
  return place == first_valid_.end() ? nullptr : &*place;
}

Duration NominationPolicy::patience_for(const CheckList& pairs, PairIndex best) const {
  if (aggressive_) return Duration::zero();
  return pairs.is_relayed(best) ? std::max(config_.relay_patience, config_.nomination_patience)
                                : config_.nomination_patience;
}

std::optional<PairIndex> NominationPolicy::choose(Timestamp now, StreamComponent component,
                                                  const CheckList& pairs,
                                                  const SelectedPath* selected) {
  const Evaluation evaluation = evaluate(component, pairs, selected);
  if (!evaluation.best_valid || evaluation.is_under_way) return std::nullopt;
  if (find(component) == nullptr) first_valid_.push_back({component, now});
  if (selected != nullptr) {
    // The peer may have accepted a nomination although its answer was lost, so the nomination is
    // completed.
    if (evaluation.pending) return evaluation.pending;
    const bool is_better =
        pairs.at(*evaluation.best_valid).priority > pairs.at(selected->pair).priority;
    const bool replaces = is_better && keeps_looking(pairs, selected->pair);
    return replaces ? evaluation.best_valid : std::nullopt;
  }
  const Duration waited = now - find(component)->at;
  const bool patience_is_over = waited >= patience_for(pairs, *evaluation.best_valid);
  if (evaluation.better_is_pending && !patience_is_over) return std::nullopt;
  return evaluation.best_valid;
}

Timestamp NominationPolicy::deadline(StreamComponent component, const CheckList& pairs,
                                     const SelectedPath* selected) const {
  const FirstValid* first_valid = find(component);
  if (first_valid == nullptr || selected != nullptr) return kNever;
  const Evaluation evaluation = evaluate(component, pairs, selected);
  if (!evaluation.best_valid || evaluation.is_under_way || !evaluation.better_is_pending)
    return kNever;
  return first_valid->at + patience_for(pairs, *evaluation.best_valid);
}

// A relay is only used while nothing better works; any other choice of regular nomination is final
// (RFC 8445, section 8.1.1: "the agent MUST NOT nominate another pair for same component of the
// data stream within the ICE session").
bool NominationPolicy::keeps_looking(const CheckList& pairs, PairIndex selected) const {
  if (!may_renominate()) return false;
  return config_.nomination == NominationMode::renomination || pairs.is_relayed(selected);
}

// RFC 5245, section 8.1.2: the checks in progress go on for pairs of higher priority, since both
// agents will use the highest pair that was nominated. A pair that the peer has checked, and that
// is queued for a triggered check, counts as in progress.
bool NominationPolicy::may_still_replace(const CandidatePair& pending,
                                         const CandidatePair& selected) const {
  // The peer nominated this pair after the selected one; only our own check of it takes longer.
  if (pending.nomination.is_requested() && pending.nomination.value() > selected.nomination.value())
    return true;
  const bool is_tried = pending.state == PairState::in_progress || pending.heard;
  return highest_counts() && is_tried && pending.priority > selected.priority;
}

// A peer that follows RFC 8445 nominates again only on purpose, whatever the priority. A peer that
// follows RFC 5245 may nominate every pair, and then ICE "always selects the highest-priority
// nominated candidate pair" (RFC 5245, section 8.1.1.2), as long as it works.
bool NominationPolicy::replaces(Timestamp now, const CandidatePair& nominated,
                                const CandidatePair& selected, const Consent& consent) const {
  if (!highest_counts()) return nominated.nomination.value() > selected.nomination.value();
  return nominated.priority > selected.priority || consent.is_disconnected(now);
}

}  // namespace floe::ice
