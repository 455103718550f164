#include "component_hope.h"

#include <algorithm>

namespace floe::ice {

void leave_out_absent(SelectedPaths& selected, const RemoteCandidates& remotes) {
  selected.leave_out_absent([&](StreamComponent component) {
    return std::ranges::any_of(
        remotes.all(), [&](const Candidate& candidate) { return candidate.id() == component; });
  });
}

bool has_hopeless_component(const SelectedPaths& selected, const CheckList& pairs, bool is_lite) {
  const auto may_work = [&](StreamComponent component) {
    return std::ranges::any_of(pairs.all(), [&](const CandidatePair& pair) {
      return pair.component == component && (pair.is_valid() || (pair.is_pending() && !is_lite));
    });
  };
  bool is_hopeless = false;
  selected.for_each_component([&](StreamComponent component) {
    if (selected.is_absent(component) || selected.find(component) != nullptr) return;
    is_hopeless = is_hopeless || !may_work(component);
  });
  return is_hopeless;
}

}  // namespace floe::ice
