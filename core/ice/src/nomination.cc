#include "floe/ice/nomination.h"

#include <algorithm>

namespace floe::ice {
namespace {

struct Standing {
  std::optional<PairIndex> best_valid;
  bool better_is_pending = false;
  bool is_decided = false;  // nominated, or about to be
};

Standing standing_of(Component component, const CheckList& pairs) {
  Standing standing;
  const auto all = pairs.all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].component != component || !all[i].is_valid()) continue;
    const PairIndex index(static_cast<std::uint16_t>(i));
    standing.is_decided = standing.is_decided || all[i].nominated || all[i].nominating;
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

}  // namespace

const Nomination::Progress* Nomination::find(Component component) const {
  const auto place = std::ranges::find(components_, component, &Progress::component);
  return place == components_.end() ? nullptr : &*place;
}

std::optional<PairIndex> Nomination::choose(Timestamp now, Component component,
                                            const CheckList& pairs) {
  const Standing standing = standing_of(component, pairs);
  if (!standing.best_valid || standing.is_decided) return std::nullopt;
  if (find(component) == nullptr) components_.push_back({component, now});
  const bool patience_is_over = now - find(component)->first_valid_at >= patience_;
  if (standing.better_is_pending && !patience_is_over) return std::nullopt;
  return standing.best_valid;
}

Timestamp Nomination::deadline(Component component, const CheckList& pairs) const {
  const Progress* progress = find(component);
  if (progress == nullptr) return kNever;
  const Standing standing = standing_of(component, pairs);
  if (!standing.best_valid || standing.is_decided || !standing.better_is_pending) return kNever;
  return progress->first_valid_at + patience_;
}

}  // namespace floe::ice
