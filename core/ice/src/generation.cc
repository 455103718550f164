#include "floe/ice/generation.h"

#include <algorithm>

#include "floe/ice/limits.h"

namespace floe::ice {

Generation::Generation(AgentCore& core, Credentials local)
    : core_(core),
      local_(std::move(local)),
      local_key_(core.crypto.hmac_sha1(as_bytes(local_.password))),
      nomination_(core.nomination_patience),
      selected_(core.components) {}

// Candidates and descriptions -----------------------------------------------------------------

bool Generation::add_local_socket(Component component, const SocketAddress& base,
                                  std::uint16_t local_preference) {
  const auto index = locals_.add_host(component, base, local_preference);
  if (!index) return false;
  core_.out.event(LocalCandidateFound{locals_.at(*index)});
  form_pairs_of(*index);
  return true;
}

void Generation::remove_local_socket(const SocketAddress& base) {
  const auto all = pairs_.all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (locals_.at(all[i].local).base != base) continue;
    const PairIndex index(static_cast<std::uint16_t>(i));
    transactions_.remove_checks_of(index);
    pairs_.remove(index);
    const SelectedPath* path = selected(pairs_.at(index).component);
    if (path != nullptr && path->pair == index) consent_lost_ = true;
  }
  locals_.remove_base(base);
}

bool Generation::set_remote_description(Timestamp now, const SessionDescription& description) {
  if (remote_) return remote_->credentials == description.credentials;
  remote_ = description;
  remote_key_ = core_.crypto.hmac_sha1(as_bytes(description.credentials.password));
  patient_until_ = now + kPatientTime;
  for (const EarlyCheck& check : early_checks_.take()) {
    if (check.sender_ufrag != description.credentials.ufrag) {
      ++core_.counters.unauthenticated_messages;
      continue;
    }
    learn_from(now, check.base, check.source, check.priority, check.use_candidate);
  }
  return true;
}

RemoteCandidates::Added Generation::add_remote_candidate(const Candidate& candidate) {
  const auto addition = remotes_.add_signalled(candidate);
  if (addition.outcome == RemoteCandidates::Added::added) form_pairs_of(addition.index);
  if (addition.outcome == RemoteCandidates::Added::merged) {
    pairs_.update_priorities(core_.role);
    form_pairs_of(addition.index);
  }
  return addition.outcome;
}

void Generation::form_pairs_of(LocalIndex local) {
  // RFC 8445, section 8.1.2: a component with a nominated pair gets no new ordinary checks.
  if (selected(locals_.at(local).component) != nullptr) return;
  for (std::size_t i = 0; i < remotes_.all().size(); ++i) {
    add_pair(local, RemoteIndex(static_cast<std::uint16_t>(i)));
  }
}

void Generation::form_pairs_of(RemoteIndex remote) {
  if (selected(remotes_.at(remote).component) != nullptr) return;
  for (std::size_t i = 0; i < locals_.all().size(); ++i) {
    // Section 6.1.2.4: a reflexive candidate is replaced by its base, and the pair is then the same
    // as the base's own; section 7.2.5.3.1 never pairs a local peer-reflexive one.
    const LocalIndex local(static_cast<std::uint16_t>(i));
    const bool is_base = locals_.at(local).type == CandidateType::host;
    if (is_base && locals_.is_usable(local)) add_pair(local, remote);
  }
}

std::optional<PairIndex> Generation::add_pair(LocalIndex local, RemoteIndex remote) {
  const auto added = pairs_.add(local, remote, core_.role);
  // The place may have been another pair's, whose answers are of no interest any more.
  if (added) transactions_.remove_checks_of(*added);
  return added;
}

void Generation::on_role_changed() {
  pairs_.update_priorities(core_.role);
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    pairs_.at(PairIndex(static_cast<std::uint16_t>(i))).nominating = false;
  }
}

// What is sent when -----------------------------------------------------------------------------

void Generation::progress(Timestamp now) {
  if (!remote_ || consent_lost_) return;
  nominate(now);
  send_triggered(now);
  use_slot(now);
  send_consent_checks(now);
}

void Generation::nominate(Timestamp now) {
  if (core_.role != Role::controlling) return;
  for (Component component = 1; component <= core_.components; ++component) {
    const auto choice = nomination_.choose(now, component, pairs_);
    if (!choice) continue;
    pairs_.at(*choice).nominating = true;
    pairs_.trigger(*choice);
  }
}

void Generation::send_triggered(Timestamp now) {
  const std::vector<PairIndex> queue(pairs_.triggered().begin(), pairs_.triggered().end());
  for (const PairIndex index : queue) {
    CandidatePair& pair = pairs_.at(index);
    const bool unpaced = may_go_unpaced(pair) && pair.unpaced.take(now);
    if (!unpaced) {
      if (!core_.pacer.slot_is_free(now)) continue;
      core_.pacer.take_slot(now);
    }
    pairs_.untrigger(index);
    send_check(now, index, CheckKind::ordinary);
  }
}

void Generation::use_slot(Timestamp now) {
  if (!core_.pacer.slot_is_free(now)) return;
  auto next = pairs_.next_waiting();
  if (!next) next = next_repeat(now);
  if (!next) return;
  core_.pacer.take_slot(now);
  send_check(now, *next, CheckKind::ordinary);
}

bool Generation::may_go_unpaced(const CandidatePair& pair) const {
  return !core_.pacer.strict() && pair.heard && pair.conflicts <= kUnpacedConflictsMax;
}

bool Generation::may_repeat(PairIndex index) const {
  return !core_.pacer.strict() && pairs_.at(index).awaits_answer() &&
         pairs_.at(index).attempts < kTransactionsPerPairMax;
}

/// The most promising pair whose last check is Ta old and not yet answered.
std::optional<PairIndex> Generation::next_repeat(Timestamp now) const {
  std::optional<PairIndex> best;
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    const CandidatePair& pair = pairs_.at(index);
    if (!may_repeat(index) || now < pair.last_check_at + core_.pacer.ta()) continue;
    if (!best || pair.priority > pairs_.at(*best).priority) best = index;
  }
  return best;
}

Timestamp Generation::slot_deadline(Timestamp now) const {
  const Timestamp slot = core_.pacer.next_slot();
  Timestamp earliest = pairs_.has_waiting() ? slot : kNever;
  for (const PairIndex index : pairs_.triggered()) {
    const CandidatePair& pair = pairs_.at(index);
    const bool unpaced = may_go_unpaced(pair);
    earliest = std::min(earliest, unpaced ? std::min(slot, pair.unpaced.available_at(now)) : slot);
  }
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    if (!may_repeat(index)) continue;
    earliest =
        std::min(earliest, std::max(slot, pairs_.at(index).last_check_at + core_.pacer.ta()));
  }
  return earliest;
}

void Generation::send_consent_checks(Timestamp now) {
  for (auto& path : selected_) {
    if (!path) continue;
    if (path->consent.has_expired(now)) {
      consent_lost_ = true;
    } else if (path->consent.request_is_due(now)) {
      path->consent.schedule(now, core_.random);
      send_check(now, path->pair, CheckKind::consent);
    }
  }
}

void Generation::handle_deadline(Timestamp now) {
  retransmit_due(now);
}

Timestamp Generation::deadline(Timestamp now) const {
  if (!remote_ || consent_lost_) return kNever;
  Timestamp earliest = std::min(transactions_.deadline(), slot_deadline(now));
  if (core_.role == Role::controlling) {
    for (Component component = 1; component <= core_.components; ++component) {
      earliest = std::min(earliest, nomination_.deadline(component, pairs_));
    }
  }
  for (const auto& path : selected_) {
    if (path) earliest = std::min(earliest, path->consent.deadline(now));
  }
  if (now < patient_until_ && !is_connected()) earliest = std::min(earliest, patient_until_);
  return earliest;
}

// Questions -------------------------------------------------------------------------------------

std::optional<Route> Generation::route(Component component) const {
  if (component == 0 || component > selected_.size() || consent_lost_) return std::nullopt;
  const CandidatePair* best = nullptr;
  if (const SelectedPath* path = selected(component)) {
    best = &pairs_.at(path->pair);
  } else {
    for (const CandidatePair& pair : pairs_.all()) {
      if (pair.component != component || !pair.is_valid()) continue;
      if (best == nullptr || pair.priority > best->priority) best = &pair;
    }
  }
  if (best == nullptr) return std::nullopt;
  return Route{locals_.at(best->local).base, remotes_.at(best->remote).address};
}

std::optional<Component> Generation::component_of(const SocketAddress& base,
                                                  const SocketAddress& source) const {
  for (const auto& path : selected_) {
    if (!path) continue;
    const CandidatePair& pair = pairs_.at(path->pair);
    if (remotes_.at(pair.remote).address == source && locals_.at(pair.local).base == base) {
      return pair.component;
    }
  }
  for (const CandidatePair& pair : pairs_.all()) {
    if (pair.heard && remotes_.at(pair.remote).address == source &&
        locals_.at(pair.local).base == base) {
      return pair.component;
    }
  }
  // The peer may be connected, and send, before its description has come to us.
  const auto local = early_checks_.knows(base, source) ? locals_.find_base(base) : std::nullopt;
  if (local) return locals_.at(*local).component;
  return std::nullopt;
}

std::optional<SelectedPair> Generation::selected_pair(Component component) const {
  if (component == 0 || component > selected_.size()) return std::nullopt;
  const SelectedPath* path = selected(component);
  if (path == nullptr) return std::nullopt;
  const CandidatePair& pair = pairs_.at(path->pair);
  return SelectedPair{locals_.at(pair.valid_local.value_or(pair.local)), remotes_.at(pair.remote)};
}

bool Generation::is_connected() const {
  return !consent_lost_ &&
         std::ranges::all_of(selected_, [](const auto& path) { return path.has_value(); });
}

bool Generation::is_completed() const {
  return is_connected() && local_ended_ && remote_ended_ && !has_pending_pairs();
}

bool Generation::has_pending_pairs() const {
  return std::ranges::any_of(pairs_.all(),
                             [](const CandidatePair& pair) { return pair.is_pending(); });
}

bool Generation::is_doubtful(Timestamp now) const {
  return std::ranges::any_of(
      selected_, [&](const auto& path) { return path && path->consent.is_doubtful(now); });
}

bool Generation::has_failed(Timestamp now) const {
  if (consent_lost_) return true;
  // RFC 8838, section 8.1.1: not while candidates of either side may still come; RFC 8863: not
  // before the peer's own checks had their time to arrive.
  return remote_ && !is_connected() && local_ended_ && remote_ended_ && !has_pending_pairs() &&
         now >= patient_until_;
}

}  // namespace floe::ice
