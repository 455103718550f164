#include "paths.h"

#include <algorithm>

namespace floe::ice {

// Selection -------------------------------------------------------------------------------------

void Paths::select(Timestamp now, PairIndex index) {
  const StreamComponent component = pairs_.at(index).component;
  const Timestamp granted_at = pairs_.at(index).last_response_at;
  selected_.select({component, index, Consent(consent_mode(), granted_at, now, core_.random),
                    Liveness(granted_at, now), now});
  // A pair whose last answer is old is checked again now, since consent requests are rare and its
  // consent may run out before the next one.
  if (now >= granted_at + kDisconnectedAfter && !core_.is_lite()) pairs_.trigger(index);
  ++core_.counters.selected_pair_changes;
  if (selected_.is_complete()) path_lost_ = false;
  announce(component);
}

Consent::Mode Paths::consent_mode() const {
  if (!core_.is_lite()) return Consent::Mode::active;
  return peer_is_lite_ ? Consent::Mode::assumed : Consent::Mode::passive;
}

void Paths::announce(StreamComponent component) {
  core_.out.event(
      SelectedPairChanged{component.component, *selected_pair(component), component.stream});
}

std::optional<SelectedPair> Paths::selected_pair(StreamComponent component) const {
  const SelectedPath* path = selected_.find(component);
  if (path == nullptr) return std::nullopt;
  const CandidatePair& pair = pairs_.at(path->pair);
  return SelectedPair{pairs_.locals().at(pair.valid_local.value_or(pair.local)),
                      pairs_.remote_of(path->pair)};
}

bool Paths::set_mapping(PairIndex index, LocalIndex local) {
  CandidatePair& pair = pairs_.at(index);
  if (!pair.is_valid() || pair.valid_local == local) return false;
  pair.valid_local = local;
  if (selected_.find(index) == nullptr) return false;
  announce(pair.component);
  return true;
}

/// RFC 7675, section 5.1: once consent is lost, "the same ICE credentials MUST NOT be used on the
/// affected 5-tuple again".
///
/// Deviation: (RFC 8445, section 8.1.1) the other pairs are checked, and one of them may be
/// nominated, also when the peer did not say that it understands renomination: without it no path
/// would be left.
void Paths::lose(Timestamp now, StreamComponent component, PairFailure why) {
  const SelectedPath* path = selected_.find(component);
  const PairIndex lost = path->pair;
  const bool others_were_tried = path->liveness.others_checked_lately(now);
  selected_.drop(component);
  client_.forget(lost);
  pairs_.fail(lost, why);
  path_lost_ = true;
  // A path whose consent has expired has waited for its peer already.
  lost_at_ = why == PairFailure::silent ? now - kConsentTimeout : now;
  if (why == PairFailure::silent && others_were_tried) {
    client_.give_up_pending(component);
  } else {
    lost_.push_back(component);
  }
}

// Signs of life ---------------------------------------------------------------------------------

void Paths::handle_answer(Timestamp now, PairIndex index) {
  // RFC 7675, section 5.1: consent that has expired does not come back, not even by an answer that
  // waited in a buffer while the host slept.
  SelectedPath* path = selected_.find(index);
  if (path == nullptr || path->consent.has_expired(now)) return;
  path->consent.granted(now);
  path->liveness.heard(now);
}

void Paths::handle_check(Timestamp heard_at, PairIndex index) {
  if (SelectedPath* path = selected_.find(index)) path->heard(heard_at);
}

std::optional<StreamComponent> Paths::handle_data(Timestamp now, const Route& path,
                                                  std::size_t size) {
  const auto count = [&](PairIndex index) {
    CandidatePair& pair = pairs_.at(index);
    pair.statistics.count_received(now, size);
    return pair.component;
  };
  if (SelectedPath* selected = find_selected(path)) {
    selected->heard(now);
    return count(selected->pair);
  }
  for (const PairIndex index : pairs_.indices()) {
    if (pairs_.at(index).heard && pairs_.route_of(index) == path) return count(index);
  }
  return std::nullopt;
}

bool Paths::handle_keepalive(Timestamp now, const Route& path) {
  SelectedPath* selected = find_selected(path);
  if (selected == nullptr) return false;
  selected->heard(now);
  return true;
}

SelectedPath* Paths::find_selected(const Route& path) {
  for (SelectedPath& selected : selected_.all()) {
    if (pairs_.route_of(selected.pair) == path) return &selected;
  }
  return nullptr;
}

// Time ------------------------------------------------------------------------------------------

List<PathStep> Paths::update(Timestamp now) {
  List<PathStep> steps;
  update_selected(now, steps);
  update_unselected(now);
  for (const StreamComponent component : lost_) steps.push_back({component, true});
  lost_.clear();
  return steps;
}

void Paths::update_selected(Timestamp now, List<PathStep>& steps) {
  List<StreamComponent> expired;
  for (SelectedPath& path : selected_.all()) {
    if (path.consent.has_expired(now)) {
      expired.push_back(path.component);
      continue;
    }
    send_due(now, path);
    if (core_.is_lite()) continue;  // it sends no checks
    const Liveness::Step step = path.liveness.update(now);
    if (step != Liveness::Step::none) {
      steps.push_back({path.component, step == Liveness::Step::check_others});
    }
  }
  for (const StreamComponent component : expired) lose(now, component, PairFailure::silent);
}

void Paths::send_due(Timestamp now, SelectedPath& path) {
  if (path.consent.request_is_due(now)) {
    path.consent.schedule(now, core_.random);
    // RFC 7675, section 5.1, does not ask for USE-CANDIDATE, and RFC 8445, section 8.1.1, does not
    // forbid to repeat it for the same pair. Some lite servers answer no other checks once a pair
    // is nominated.
    const bool repeats_nomination = peer_is_lite_ && core_.role() == Role::controlling;
    client_.send_consent_request(now, path.pair, repeats_nomination);
    path.liveness.sent(now);
    // Where much is lost, six requests in 30 s may all be in vain. A check is repeated.
    if (path.consent.is_overdue(now)) pairs_.trigger(path.pair);
  }
  if (sends_keepalives() && now >= path.sent_at + kKeepaliveInterval) {
    client_.send_keepalive(path.pair);
    path.sent_at = now;
  }
}

/// Valid pairs that were not checked lately are checked like the others: if they stayed valid,
/// their consent could expire before the answer comes, and they would be lost for good.
void Paths::recheck_others(Timestamp now, StreamComponent component) {
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    const bool is_other =
        pair.component == component && pair.is_valid() && selected_.find(index) == nullptr;
    if (!is_other) continue;
    if (now < recheck_at(pair)) {
      pairs_.trigger(index);
    } else {
      client_.remove(index, PairFailure::not_needed);
    }
  }
  pairs_.recheck(component);
}

bool Paths::suspect(Timestamp now, StreamComponent component) {
  SelectedPath* path = selected_.find(component);
  return path != nullptr && !core_.is_lite() && path->liveness.suspect(now);
}

void Paths::doubt(Timestamp now, PairIndex index) {
  SelectedPath* path = selected_.find(index);
  if (path != nullptr && !core_.is_lite()) path->liveness.doubt(now);
}

bool Paths::is_silent(Timestamp now, StreamComponent component) const {
  const SelectedPath* path = selected_.find(component);
  return path != nullptr && now >= path->liveness.heard_at() + kDoubtAfter;
}

std::optional<PairIndex> Paths::replacement(Timestamp now, const SelectedPath& path) const {
  if (!path.liveness.may_be_left(now)) return std::nullopt;
  // Not the selected pair itself: its answers are heard.
  return best_valid(path.component, path.liveness.heard_at());
}

/// Until a pair is selected, data may go over any valid pair, so all of them need consent.
/// Afterwards the other pairs are forgotten, unless the peer nominates them again.
void Paths::update_unselected(Timestamp now) {
  if (core_.is_lite()) return;
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    if (!pair.is_valid() || selected_.find(index) != nullptr) continue;
    const bool was_just_lost = std::ranges::find(lost_, pair.component) != lost_.end();
    const bool is_out_of_use = selected_.find(pair.component) != nullptr || was_just_lost;
    if (now >= pair.last_response_at + kConsentTimeout) {
      client_.forget(index);
      is_out_of_use ? pairs_.remove(index, PairFailure::not_needed)
                    : pairs_.fail(index, PairFailure::silent);
    } else if (!is_out_of_use && now >= recheck_at(pair)) {
      pairs_.trigger(index);
    }
  }
}

Timestamp Paths::recheck_at(const CandidatePair& pair) const {
  return std::max(pair.last_response_at, pair.last_check_at) + kConsentInterval;
}

Timestamp Paths::deadline(Timestamp now) const {
  Timestamp earliest = kNever;
  for (const SelectedPath& path : selected_.all()) {
    if (sends_keepalives()) earliest = std::min(earliest, path.sent_at + kKeepaliveInterval);
    earliest = std::min({earliest, path.consent.deadline(now), silence_deadline(now, &path)});
  }
  if (now < waits_until()) earliest = std::min(earliest, waits_until());
  if (is_connected() || core_.is_lite()) return earliest;
  for (const CandidatePair& pair : pairs_.all()) {
    if (!pair.is_valid() || selected_.find(pair.component) != nullptr) continue;
    earliest = std::min(earliest, pair.last_response_at + kConsentTimeout);
    if (recheck_at(pair) > now) earliest = std::min(earliest, recheck_at(pair));
  }
  return earliest;
}

// Data ------------------------------------------------------------------------------------------

std::optional<PairIndex> Paths::best_valid(StreamComponent component,
                                           Timestamp answered_after) const {
  std::optional<PairIndex> best;
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    if (pair.component != component || !pair.is_valid()) continue;
    if (pair.last_response_at <= answered_after) continue;
    if (!best || pair.priority > pairs_.at(*best).priority) best = index;
  }
  return best;
}

Timestamp Paths::silence_deadline(Timestamp now, StreamComponent component) const {
  return silence_deadline(now, selected_.find(component));
}

Timestamp Paths::silence_deadline(Timestamp now, const SelectedPath* path) const {
  const bool is_watched = path != nullptr && !core_.is_lite();
  return is_watched ? path->liveness.deadline(now) : kNever;
}

std::optional<Route> Paths::route_data(Timestamp now, StreamComponent component, std::size_t size) {
  SelectedPath* path = selected_.find(component);
  if (path != nullptr && path->consent.has_expired(now)) return std::nullopt;
  if (path != nullptr) {
    path->liveness.sent(now);
    path->sent_at = now;
  }
  const auto index =
      path != nullptr ? std::optional(path->pair) : best_valid(component, now - kConsentTimeout);
  if (!index) return std::nullopt;
  pairs_.at(*index).statistics.count_sent(now, size);
  return pairs_.route_of(*index);
}

}  // namespace floe::ice
