// Valid pairs, and what becomes of them: nomination (RFC 8445, section 8), consent (RFC 7675).
#include <algorithm>

#include "floe/ice/generation.h"

namespace floe::ice {

void Generation::nominate(Timestamp now) {
  if (core_.role != Role::controlling) return;
  paths_.for_each_component([&](StreamComponent component) {
    const auto choice = nomination_.choose(now, component, pairs_, paths_.find(component));
    if (choice) begin_nomination(*choice);
  });
}

void Generation::begin_nomination(PairIndex index) {
  CandidatePair& pair = pairs_.at(index);
  pair.nominating = true;
  pair.nomination = nomination_.next_value();
  pairs_.trigger(index);
}

void Generation::succeed(Timestamp now, PairIndex index, LocalIndex valid_local) {
  CandidatePair& pair = pairs_.at(index);
  const bool first = !pair.is_valid();
  pair.last_response_at = now;
  if (!first) {
    pair.valid_local = valid_local;
    return;
  }
  pairs_.set_valid(index, valid_local, core_.role);
  transactions_.remove_checks_of(index);
  pairs_.unfreeze_foundation_of(index);
}

void Generation::fail(PairIndex index, PairFailure why) {
  transactions_.remove_checks_of(index);
  pairs_.fail(index, why);
}

/// `value` is what NOMINATION said, or 0; nominations without it are counted as they come.
void Generation::note_nomination(PairIndex index, std::uint32_t value) {
  CandidatePair& pair = pairs_.at(index);
  pair.use_candidate_received = true;
  if (value != 0) {
    pair.nomination = std::max(pair.nomination, value);
    nomination_.saw_value(value);
    return;
  }
  const SelectedPath* path = paths_.find(pair.component);
  const bool is_repeated = path != nullptr && path->pair == index;
  if (!is_repeated) pair.nomination = nomination_.next_value();
}

void Generation::set_nominated(Timestamp now, PairIndex index) {
  CandidatePair& pair = pairs_.at(index);
  pair.nominated = true;
  pair.nominating = false;
  transactions_.remove_checks_of(index);
  const SelectedPath* path = paths_.find(pair.component);
  if (path == nullptr) return select(now, index);
  if (path->pair == index) return;
  const CandidatePair& selected = pairs_.at(path->pair);
  const bool replaces = core_.role == Role::controlled
                            ? nomination_.replaces(now, pair, selected, path->consent)
                            : !nomination_.is_aggressive() || pair.priority > selected.priority;
  if (replaces) select(now, index);
}

/// A peer-reflexive candidate has a higher priority than after it got its name. The two ends agree
/// on the highest pair only if both compare with the priorities that they have in the end.
void Generation::follow_highest(Timestamp now) {
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    const CandidatePair& pair = pairs_.at(index);
    const SelectedPath* path = paths_.find(pair.component);
    const bool works =
        pair.is_valid() && pair.nominated && now < pair.last_response_at + kConsentDoubtAfter;
    if (path == nullptr || !works) continue;
    if (pair.priority > pairs_.at(path->pair).priority) select(now, index);
  }
}

void Generation::select(Timestamp now, PairIndex index) {
  const StreamComponent component = pairs_.at(index).component;
  const Timestamp granted_at = pairs_.at(index).last_response_at;
  paths_.select({component, index, Consent(consent_mode(), granted_at, now, core_.random)});
  // What was proved long ago is proved again, before its consent runs out: that is asked for once
  // in a while only.
  if (now >= granted_at + kConsentDoubtAfter && !core_.is_lite()) pairs_.trigger(index);
  ++core_.counters.selected_pair_changes;
  if (paths_.is_complete()) path_lost_ = false;
  if (!nomination_.keeps_looking(pairs_, index)) give_up_others(index);
  announce_selected(component);
}

void Generation::announce_selected(StreamComponent component) {
  core_.out.event(
      SelectedPairChanged{component.component, *selected_pair(component), component.stream});
}

/// Section 8.1.2: once a pair is selected, the checks of the others end.
void Generation::give_up_others(PairIndex selected) {
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    const CandidatePair& other = pairs_.at(index);
    if (other.component != pairs_.at(selected).component || !other.is_pending()) continue;
    if (nomination_.may_still_replace(other, pairs_.at(selected))) continue;
    transactions_.remove_checks_of(index);
    pairs_.remove(index, PairFailure::not_needed);
  }
}

/// RFC 8445, section 8.2: two lite agents send no checks; each selects the pair of highest
/// priority, which is the same for both.
void Generation::select_between_lite_agents(Timestamp now) {
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    const CandidatePair& pair = pairs_.at(index);
    if (!pair.is_pending()) continue;
    pairs_.set_valid(index, pair.local, core_.role);
    const SelectedPath* path = paths_.find(pair.component);
    if (path == nullptr || pairs_.at(path->pair).priority < pair.priority) select(now, index);
  }
}

Consent::Mode Generation::consent_mode() const {
  if (!core_.is_lite()) return Consent::Mode::active;
  return remote_ && remote_->lite ? Consent::Mode::assumed : Consent::Mode::passive;
}

void Generation::tend_paths(Timestamp now) {
  if (nomination_.highest_counts()) follow_highest(now);
  List<StreamComponent> expired;
  for (SelectedPath& path : paths_.all()) {
    if (path.consent.has_expired(now)) {
      expired.push_back(path.component);
      continue;
    }
    if (path.consent.request_is_due(now)) {
      path.consent.schedule(now, core_.random);
      send_check(now, path.pair, CheckKind::consent);
    }
    // While there is still consent, the others have their chance, if the peer will follow.
    const bool doubtful = path.consent.is_doubtful(now) && nomination_.may_renominate();
    if (doubtful && !path.others_tried) {
      doubt_spares(now, path.component);
      pairs_.look_again(path.component);
    }
    path.others_tried = doubtful;
  }
  for (const StreamComponent component : expired) lose_path(now, component, PairFailure::silent);
}

/// RFC 7675, section 5.1: once consent is lost, "the same ICE credentials MUST NOT be used on the
/// affected 5-tuple again".
///
/// Deviation: (RFC 8445, section 8.1.1) what is left is checked, and another pair may be nominated,
/// also when the peer did not say that it understands renomination: without it nothing is left.
void Generation::lose_path(Timestamp now, StreamComponent component, PairFailure why) {
  const SelectedPath* path = paths_.find(component);
  const PairIndex lost = path->pair;
  const bool others_were_tried = path->others_tried;
  paths_.drop(component);
  transactions_.remove_all_of(lost);
  pairs_.fail(lost, why);
  path_lost_ = true;
  if (others_were_tried) {
    pairs_.remove_pending(component);
  } else {
    doubt_spares(now, component);
    pairs_.look_again(component);
  }
}

/// Pairs that worked and were not asked since are checked like the others: as valid ones they would
/// fall silent, and be lost for good, before the answer is there.
void Generation::doubt_spares(Timestamp now, StreamComponent component) {
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    const CandidatePair& pair = pairs_.at(index);
    const bool is_spare =
        pair.component == component && pair.is_valid() && paths_.find(index) == nullptr;
    if (!is_spare || now < recheck_at(pair)) continue;
    transactions_.remove_all_of(index);
    pairs_.remove(index, PairFailure::not_needed);
  }
}

/// Until one is nominated, data may go over any valid pair, so all of them need consent. Afterwards
/// those that were not nominated are forgotten, but for the peer to nominate them again.
void Generation::tend_unselected_pairs(Timestamp now) {
  if (core_.is_lite()) return;
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    const CandidatePair& pair = pairs_.at(index);
    if (!pair.is_valid() || paths_.find(index) != nullptr) continue;
    const bool is_out_of_use = paths_.find(pair.component) != nullptr;
    if (now >= pair.last_response_at + kConsentTimeout) {
      transactions_.remove_all_of(index);
      is_out_of_use ? pairs_.remove(index, PairFailure::not_needed)
                    : pairs_.fail(index, PairFailure::silent);
    } else if (!is_out_of_use && now >= recheck_at(pair)) {
      pairs_.trigger(index);
    }
  }
}

Timestamp Generation::recheck_at(const CandidatePair& pair) const {
  return std::max(pair.last_response_at, pair.last_check_at) + kConsentInterval;
}

Timestamp Generation::paths_deadline(Timestamp now) const {
  Timestamp earliest = kNever;
  for (const SelectedPath& path : paths_.all()) {
    earliest = std::min(earliest, path.consent.deadline(now));
  }
  if (is_connected() || core_.is_lite()) return earliest;
  for (const CandidatePair& pair : pairs_.all()) {
    if (!pair.is_valid() || paths_.find(pair.component) != nullptr) continue;
    earliest = std::min(earliest, pair.last_response_at + kConsentTimeout);
    if (recheck_at(pair) > now) earliest = std::min(earliest, recheck_at(pair));
  }
  return earliest;
}

// Data ------------------------------------------------------------------------------------------

std::optional<PairIndex> Generation::best_valid(Timestamp now, StreamComponent component) const {
  std::optional<PairIndex> best;
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    const CandidatePair& pair = pairs_.at(index);
    if (pair.component != component || !pair.is_valid()) continue;
    if (now >= pair.last_response_at + kConsentTimeout) continue;
    if (!best || pair.priority > pairs_.at(*best).priority) best = index;
  }
  return best;
}

std::optional<Route> Generation::route_data(Timestamp now, StreamComponent component,
                                            std::size_t size) {
  const SelectedPath* path = paths_.find(component);
  if (path != nullptr && path->consent.has_expired(now)) return std::nullopt;
  const auto index = path != nullptr ? std::optional(path->pair) : best_valid(now, component);
  if (!index) return std::nullopt;
  CandidatePair& pair = pairs_.at(*index);
  ++pair.statistics.data_sent;
  pair.statistics.data_bytes_sent += size;
  return Route{locals_.at(pair.local).base, remotes_.at(pair.remote).address};
}

std::optional<StreamComponent> Generation::handle_data(Timestamp now, const TransportAddress& base,
                                                       const TransportAddress& source,
                                                       std::size_t size) {
  const auto matches = [&](const CandidatePair& pair) {
    return remotes_.at(pair.remote).address == source && locals_.at(pair.local).base == base;
  };
  const auto count = [&](PairIndex index) {
    CandidatePair& pair = pairs_.at(index);
    ++pair.statistics.data_received;
    pair.statistics.data_bytes_received += size;
    return pair.component;
  };
  for (SelectedPath& path : paths_.all()) {
    if (!matches(pairs_.at(path.pair))) continue;
    path.consent.heard(now);
    return count(path.pair);
  }
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    if (pairs_.at(index).heard && matches(pairs_.at(index))) return count(index);
  }
  // The peer may be connected, and send, before its description has come to us.
  const auto local = early_checks_.knows(base, source) ? locals_.find_base(base) : std::nullopt;
  if (local) return locals_.at(*local).id();
  return std::nullopt;
}

std::optional<SelectedPair> Generation::selected_pair(StreamComponent component) const {
  const SelectedPath* path = paths_.find(component);
  if (path == nullptr) return std::nullopt;
  const CandidatePair& pair = pairs_.at(path->pair);
  return SelectedPair{locals_.at(pair.valid_local.value_or(pair.local)), remotes_.at(pair.remote)};
}

}  // namespace floe::ice
