#include "floe/ice/nomination.h"

#include <algorithm>

namespace floe::ice {

struct Nomination::Standing {
  std::optional<PairIndex> best_valid;
  std::optional<PairIndex> promised;  // the last of those nominated after the selected one
  bool better_is_pending = false;
  bool is_under_way = false;  // a nomination is sent and not answered
};

void Nomination::set_peer(const SessionDescription& peer) {
  peer_is_ice2_ = peer.options.ice2;
  // Only if both said so: the peer judges our nominations by what we said (Agent::ice_options).
  renomination_understood_ =
      peer.options.renomination && config_.nomination != NominationMode::aggressive;
  // RFC 8445 has no aggressive nomination any more, and says so by "ice2"; a lite peer uses the
  // first pair that it hears USE-CANDIDATE on.
  aggressive_ =
      config_.nomination == NominationMode::aggressive && !peer.options.ice2 && !peer.lite;
}

Nomination::Standing Nomination::standing_of(StreamComponent component, const CheckList& pairs,
                                             const SelectedPath* selected) const {
  Standing standing;
  const auto all = pairs.all();
  std::uint32_t latest = selected != nullptr ? pairs.at(selected->pair).nomination : 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].component != component || !all[i].is_valid()) continue;
    const PairIndex index(static_cast<std::uint16_t>(i));
    standing.is_under_way = standing.is_under_way || all[i].nominating;
    if (selected != nullptr && selected->pair == index) continue;
    if (selected != nullptr && all[i].nomination > latest) {
      standing.promised = index;
      latest = all[i].nomination;
    }
    if (!standing.best_valid || all[i].priority > pairs.at(*standing.best_valid).priority) {
      standing.best_valid = index;
    }
  }
  if (!standing.best_valid) return standing;
  const std::uint64_t best = pairs.at(*standing.best_valid).priority;
  standing.better_is_pending = std::ranges::any_of(all, [&](const CandidatePair& pair) {
    return pair.component == component && !pair.is_valid() && pair.is_pending() &&
           pair.priority > best;
  });
  return standing;
}

const Nomination::Progress* Nomination::find(StreamComponent component) const {
  const auto place = std::ranges::find(components_, component, &Progress::component);
  return place == components_.end() ? nullptr : &*place;
}

Duration Nomination::patience_for(const CheckList& pairs, PairIndex best) const {
  if (aggressive_) return Duration::zero();
  return pairs.is_relayed(best) ? std::max(config_.relay_patience, config_.nomination_patience)
                                : config_.nomination_patience;
}

std::optional<PairIndex> Nomination::choose(Timestamp now, StreamComponent component,
                                            const CheckList& pairs, const SelectedPath* selected) {
  const Standing standing = standing_of(component, pairs, selected);
  if (!standing.best_valid || standing.is_under_way) return std::nullopt;
  if (find(component) == nullptr) components_.push_back({component, now});
  if (selected != nullptr) {
    // The peer may have taken a nomination whose answer was lost: it is carried through.
    if (standing.promised) return standing.promised;
    const bool is_better =
        pairs.at(*standing.best_valid).priority > pairs.at(selected->pair).priority;
    const bool replaces = (is_better && keeps_looking(pairs, selected->pair)) ||
                          (may_renominate() && selected->consent.is_doubtful(now));
    return replaces ? standing.best_valid : std::nullopt;
  }
  const Duration waited = now - find(component)->first_valid_at;
  const bool patience_is_over = waited >= patience_for(pairs, *standing.best_valid);
  if (standing.better_is_pending && !patience_is_over) return std::nullopt;
  return standing.best_valid;
}

Timestamp Nomination::deadline(StreamComponent component, const CheckList& pairs,
                               const SelectedPath* selected) const {
  const Progress* progress = find(component);
  if (progress == nullptr || selected != nullptr) return kNever;
  const Standing standing = standing_of(component, pairs, selected);
  if (!standing.best_valid || standing.is_under_way || !standing.better_is_pending) return kNever;
  return progress->first_valid_at + patience_for(pairs, *standing.best_valid);
}

// A relay is only taken for want of better; any other choice of regular nomination is final (RFC
// 8445, section 8.1.1: "the agent MUST NOT nominate another pair for same component of the data
// stream within the ICE session").
bool Nomination::keeps_looking(const CheckList& pairs, PairIndex selected) const {
  if (!may_renominate()) return false;
  return config_.nomination == NominationMode::renomination || pairs.is_relayed(selected);
}

// RFC 5245, section 8.1.2: of the checks in progress those of higher priority go on, since both
// agents will use the highest pair that was nominated. One that the peer has checked, and that is
// queued for it, is as good as in progress.
bool Nomination::may_still_replace(const CandidatePair& pending,
                                   const CandidatePair& selected) const {
  // The peer nominated it after the selected one, only our own check of it takes longer.
  if (pending.use_candidate_received && pending.nomination > selected.nomination) return true;
  const bool is_tried = pending.state == PairState::in_progress || pending.heard;
  return highest_counts() && is_tried && pending.priority > selected.priority;
}

// A peer of RFC 8445 nominates again only because it means it, whatever the priority; one of RFC
// 5245 may nominate every pair, and then "the one with the highest priority" is used (RFC 5245,
// section 8.1.1.2), as long as it works.
bool Nomination::replaces(Timestamp now, const CandidatePair& nominated,
                          const CandidatePair& selected, const Consent& consent) const {
  if (!highest_counts()) return nominated.nomination > selected.nomination;
  return nominated.priority > selected.priority || consent.is_doubtful(now);
}

}  // namespace floe::ice
