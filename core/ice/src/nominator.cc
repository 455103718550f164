#include "nominator.h"

#include <algorithm>

namespace floe::ice {

// Controlling -----------------------------------------------------------------------------------

void Nominator::nominate(Timestamp now) {
  if (core_.role() != Role::controlling) return;
  paths_.selected().for_each_component([&](StreamComponent component) {
    const auto choice = policy_.choose(now, component, pairs_, paths_.find(component));
    if (choice) begin(*choice);
  });
}

Timestamp Nominator::deadline() const {
  Timestamp earliest = kNever;
  if (core_.role() != Role::controlling) return earliest;
  paths_.selected().for_each_component([&](StreamComponent component) {
    earliest = std::min(earliest, policy_.deadline(component, pairs_, paths_.find(component)));
  });
  return earliest;
}

void Nominator::begin(PairIndex index) {
  pairs_.at(index).nomination.begin(policy_.next_value());
  pairs_.trigger(index);
}

NominationAttributes Nominator::attributes_of(PairIndex index) const {
  const PairNomination& nomination = pairs_.at(index).nomination;
  const bool nominates =
      core_.role() == Role::controlling && (nomination.is_pending() || policy_.is_aggressive());
  if (!nominates) return {};
  return {true, policy_.may_renominate() ? nomination.value() : 0};
}

/// RFC 8445, section 8.1.1, lets the controlling agent nominate one pair only. For this agent it is
/// the same pair.
void Nominator::handle_new_mapping(PairIndex index) {
  if (core_.role() == Role::controlling) begin(index);
}

// In doubt --------------------------------------------------------------------------------------

void Nominator::check_again(StreamComponent component) {
  const SelectedPath* path = paths_.find(component);
  if (path == nullptr) return;
  core_.role() == Role::controlling ? begin(path->pair) : pairs_.trigger(path->pair);
}

/// Deviation: (RFC 8445, section 8.1.1) also towards a peer that did not say that it understands
/// renomination, and in either role: the path that was nominated is dead, and data that is sent on
/// it is lost.
void Nominator::go_over(Timestamp now) {
  paths_.selected().for_each_component([&](StreamComponent component) {
    const SelectedPath* path = paths_.find(component);
    const auto replacement = path != nullptr ? paths_.replacement(now, *path) : std::nullopt;
    if (!replacement) return;
    const PairIndex left = path->pair;
    paths_.select(now, *replacement);
    client_.remove(left, PairFailure::not_needed);
    if (core_.role() == Role::controlling) begin(*replacement);
  });
}

// Controlled, or lite ---------------------------------------------------------------------------

void Nominator::handle_use_candidate(PairIndex index, std::uint32_t value) {
  PairNomination& nomination = pairs_.at(index).nomination;
  if (value != 0) {
    nomination.request(std::max(nomination.value(), value));
    policy_.saw_value(value);
    return;
  }
  const SelectedPath* path = paths_.find(pairs_.at(index).component);
  const bool is_repeated = path != nullptr && path->pair == index;
  nomination.request(is_repeated ? nomination.value() : policy_.next_value());
}

bool Nominator::was_nominated(PairIndex index) const {
  const PairNomination& nomination = pairs_.at(index).nomination;
  return core_.role() == Role::controlled && (nomination.is_requested() || nomination.value() != 0);
}

void Nominator::confirm_valid(Timestamp now, PairIndex index) {
  const bool is_old = now >= pairs_.at(index).last_response_at + kConsentOldAfter;
  is_old ? pairs_.trigger(index) : confirm(now, index);
}

// Either ----------------------------------------------------------------------------------------

void Nominator::confirm(Timestamp now, PairIndex index) {
  CandidatePair& pair = pairs_.at(index);
  pair.nomination.confirm();
  client_.end_checks(index);
  const SelectedPath* path = paths_.find(pair.component);
  if (path == nullptr) return select(now, index);
  if (path->pair == index) return;
  const CandidatePair& selected = pairs_.at(path->pair);
  const bool replaces = core_.role() == Role::controlled
                            ? policy_.replaces(now, pair, selected, path->consent)
                            : !policy_.is_aggressive() || pair.priority > selected.priority;
  if (replaces) select(now, index);
}

void Nominator::follow_highest(Timestamp now) {
  if (!policy_.highest_counts()) return;
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    const SelectedPath* path = paths_.find(pair.component);
    const bool works = pair.is_valid() && pair.nomination.is_nominated() &&
                       now < pair.last_response_at + kDisconnectedAfter;
    if (path == nullptr || !works) continue;
    if (pair.priority > pairs_.at(path->pair).priority) select(now, index);
  }
}

void Nominator::select(Timestamp now, PairIndex index) {
  paths_.select(now, index);
  if (!policy_.keeps_looking(pairs_, index)) give_up_others(index);
}

/// Section 8.1.2: once a pair is selected, the checks of the others end.
void Nominator::give_up_others(PairIndex selected) {
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& other = pairs_.at(index);
    if (other.component != pairs_.at(selected).component || !other.is_pending()) continue;
    if (policy_.may_still_replace(other, pairs_.at(selected))) continue;
    client_.remove(index, PairFailure::not_needed);
  }
}

}  // namespace floe::ice
