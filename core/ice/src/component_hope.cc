#include "component_hope.h"

#include <algorithm>

namespace floe::ice {

void leave_out_absent(SelectedPaths& selected, const RemoteCandidates& remotes) {
  selected.leave_out_absent([&](StreamComponent component) {
    return std::ranges::any_of(
        remotes.all(), [&](const Candidate& candidate) { return candidate.id() == component; });
  });
}

namespace {

bool may_work(StreamComponent component, const CheckList& pairs, bool is_lite) {
  return std::ranges::any_of(pairs.all(), [&](const CandidatePair& pair) {
    return pair.component == component && (pair.is_valid() || (pair.is_pending() && !is_lite));
  });
}

bool has_usable_pair(StreamComponent component, const CheckList& pairs) {
  return std::ranges::any_of(pairs.all(), [&](const CandidatePair& pair) {
    return pair.component == component && pairs.locals().is_usable(pair.local) &&
           pairs.remotes().is_usable(pair.remote);
  });
}

/// Whether `is_so(StreamComponent)` of one without hope.
template <class Predicate>
bool any_hopeless(const SelectedPaths& selected, const CheckList& pairs, bool is_lite,
                  Predicate&& is_so) {
  bool found = false;
  selected.for_each_component([&](StreamComponent component) {
    if (selected.is_absent(component) || selected.find(component) != nullptr) return;
    found = found || (!may_work(component, pairs, is_lite) && is_so(component));
  });
  return found;
}

}  // namespace

bool has_hopeless_component(const SelectedPaths& selected, const CheckList& pairs, bool is_lite) {
  return any_hopeless(selected, pairs, is_lite, [](StreamComponent) { return true; });
}

bool has_checked_in_vain(const SelectedPaths& selected, const CheckList& pairs, bool is_lite) {
  return !is_lite && any_hopeless(selected, pairs, is_lite, [&](StreamComponent component) {
    return has_usable_pair(component, pairs);
  });
}

}  // namespace floe::ice
