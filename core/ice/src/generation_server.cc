// Connectivity checks that the peer sends (RFC 8445, section 7.3).
#include <utility>

#include "floe/ice/generation.h"
#include "floe/ice/limits.h"
#include "floe/stun/attributes/error_code.h"

namespace floe::ice {

void Generation::answer(const TransportAddress& base, const TransportAddress& source,
                        Bytes message) {
  core_.out.transmit_copy(base, source, message);
  ++core_.counters.check_responses_sent;
}

void Generation::handle_request(Timestamp now, const TransportAddress& base,
                                const TransportAddress& source, const stun::MessageView& request) {
  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  const std::string_view remote_ufrag = remote_ ? remote_->credentials.ufrag : std::string_view();
  const auto check = read_check(request, local_, *local_key_, remote_ufrag);
  if (!check) {
    switch (check.error()) {
      case CheckRejection::unauthenticated:
        ++core_.counters.unauthenticated_messages;
        return;
      case CheckRejection::bad_request:
        ++core_.counters.malformed_messages;
        return answer(base, source, write_error(buffer, request, stun::kBadRequest, *local_key_));
      case CheckRejection::unknown_attribute:
        ++core_.counters.malformed_messages;
        return answer(base, source,
                      write_error(buffer, request, stun::kUnknownAttribute, *local_key_));
    }
  }
  if (has_lost_consent(base, source)) {
    ++core_.counters.checks_on_lost_paths;
    return;
  }
  ++core_.counters.checks_received;
  if (!settle_role(base, source, request, *check)) return;
  const EarlyCheck heard{base,
                         source,
                         std::string(check->sender_ufrag),
                         check->priority,
                         check->use_candidate,
                         check->nomination,
                         now};
  const auto local = remote_ ? locals_.find_base(base) : std::nullopt;
  const auto pair = local ? pair_of(*local, heard) : std::nullopt;
  // An answer would tell the peer of a path on which we could not follow it.
  if (local && !pair) return;
  answer(base, source, write_success(buffer, request, source, *local_key_));
  if (pair) learn_from(now, heard, *pair);
  if (!remote_ && !early_checks_.remember(heard)) ++core_.counters.early_checks_dropped;
}

/// RFC 7675, section 5.1: once consent is lost, "the same ICE credentials MUST NOT be used on the
/// affected 5-tuple again". An answer would use them, and would leave the peer in the belief that
/// it is connected to somebody who has given the path up. A lite agent asks for none.
bool Generation::has_lost_consent(const TransportAddress& base,
                                  const TransportAddress& source) const {
  if (core_.is_lite()) return false;
  const auto local = locals_.find_base(base);
  const auto remote = local ? remotes_.find(locals_.at(*local).id(), source) : std::nullopt;
  const auto pair = remote ? pairs_.find(*local, *remote) : std::nullopt;
  return pair && pairs_.at(*pair).failure == PairFailure::silent;
}

/// Section 7.3.1.1. False: the request was answered with 487 and means nothing more.
bool Generation::settle_role(const TransportAddress& base, const TransportAddress& source,
                             const stun::MessageView& request, const IncomingCheck& check) {
  // Who asks is a full agent, and that will be known when its description has come.
  if (core_.is_lite()) take_role(Role::controlled);
  auto verdict = judge_conflict(core_.role, core_.tie_breaker, check.role, check.tie_breaker);
  // Between a full and a lite agent no tie-breaker decides (section 6.1.1).
  const bool role_is_given = core_.is_lite() || (remote_ && remote_->lite);
  if (role_is_given && verdict == ConflictVerdict::switch_role) verdict = ConflictVerdict::send_487;
  switch (verdict) {
    case ConflictVerdict::no_conflict:
      return true;
    case ConflictVerdict::send_487: {
      ++core_.counters.role_conflicts;
      std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
      answer(base, source, write_error(buffer, request, stun::kRoleConflict, *local_key_));
      return false;
    }
    case ConflictVerdict::switch_role:
      ++core_.counters.role_conflicts;
      take_role(opposite(core_.role));
      return true;
  }
  return true;
}

/// Sections 7.3.1.3 and 7.3.1.4: the source may be a new candidate, and the pair deserves a check
/// of our own.
void Generation::learn_from(Timestamp now, const EarlyCheck& check, PairIndex pair) {
  PairStatistics& statistics = pairs_.at(pair).statistics;
  ++statistics.requests_received;
  ++statistics.responses_sent;
  if (SelectedPath* path = paths_.find(pair)) path->consent.heard(check.heard_at);
  // Whatever was sent before may have been stopped by a NAT that has only now let something in.
  if (!std::exchange(pairs_.at(pair).heard, true)) pairs_.at(pair).attempts = 0;
  const bool nominates = check.use_candidate && core_.role == Role::controlled;
  if (nominates) note_nomination(pair, check.nomination);
  if (core_.is_lite()) return act_as_lite(now, pair, check);
  act_on_check(now, pair, check);
}

/// Those that led nowhere make room: a NAT that lost its state gives the peer new addresses, time
/// and again.
std::optional<RemoteIndex> Generation::add_peer_reflexive(StreamComponent component,
                                                          const EarlyCheck& check) {
  const auto added = remotes_.add_peer_reflexive(component, check.source, check.priority);
  if (added) return added;
  for (std::size_t i = 0; i < remotes_.all().size(); ++i) {
    const RemoteIndex index(static_cast<std::uint16_t>(i));
    const bool is_peer_reflexive = remotes_.at(index).type == CandidateType::peer_reflexive;
    if (!is_peer_reflexive || !pairs_.has_given_up(index)) continue;
    pairs_.forget(index);
    remotes_.replace_peer_reflexive(index, component, check.source, check.priority);
    return index;
  }
  return std::nullopt;
}

std::optional<PairIndex> Generation::pair_of(LocalIndex local, const EarlyCheck& check) {
  const StreamComponent component = locals_.at(local).id();
  auto remote = remotes_.find(component, check.source);
  if (!remote) remote = add_peer_reflexive(component, check);
  if (!remote) {
    ++core_.counters.candidates_refused;
    return std::nullopt;
  }
  const auto known = pairs_.find(local, *remote);
  if (known) return known;
  const auto added = pairs_.add_heard(local, *remote, core_.role);
  if (!added) return std::nullopt;
  begin_anew(*added);
  const bool is_wanted = core_.is_lite() || check.use_candidate || wants_pairs_of(component);
  if (is_wanted) {
    path_lost_ = false;
  } else {
    // The peer was answered, and may send its data there.
    pairs_.remove(*added, PairFailure::not_needed);
  }
  return added;
}

void Generation::act_on_check(Timestamp now, PairIndex index, const EarlyCheck& check) {
  CandidatePair& pair = pairs_.at(index);
  switch (pair.state) {
    case PairState::succeeded:
      if (check.use_candidate && pair.use_candidate_received) set_nominated(now, index);
      return;
    case PairState::removed:
      // The component has its pair; only the peer's nomination is a reason to check another, or
      // that the peer is still looking for a better one.
      if (!pair.use_candidate_received && !wants_pairs_of(pair.component)) return;
      break;
    case PairState::in_progress:
      // Deviation: (section 7.3.1.4) no more than these at once. Each check of one side would
      // cause one of the other, for as long as no answer has come, and on a long path they would
      // be so many that the oldest were forgotten before its answer came: for ever.
      if (pair.attempts >= kTransactionsPerPairMax) return;
      transactions_.cancel_checks_of(index);
      break;
    case PairState::failed:
      path_lost_ = false;
      break;
    case PairState::frozen:
    case PairState::waiting:
      break;
  }
  pairs_.trigger(index);
  pair.state = PairState::waiting;
}

/// RFC 8445, section 7.3.2: a lite agent checks nothing. With USE-CANDIDATE in the peer's check the
/// pair is valid, and nominated.
void Generation::act_as_lite(Timestamp now, PairIndex index, const EarlyCheck& check) {
  CandidatePair& pair = pairs_.at(index);
  if (!check.use_candidate || !pair.use_candidate_received) return;
  if (!pair.is_valid()) pairs_.set_valid(index, pair.local, core_.role);
  // It may have come long before the description did: then this is how long the peer is silent.
  pair.last_response_at = check.heard_at;
  set_nominated(now, index);
}

}  // namespace floe::ice
