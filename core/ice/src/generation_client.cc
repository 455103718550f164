// Connectivity checks that this agent sends, and what their answers mean (RFC 8445, section 7.2).
#include <algorithm>

#include "floe/ice/generation.h"
#include "floe/ice/limits.h"
#include "floe/ice/priority.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/integrity.h"

namespace floe::ice {

namespace {

/// Only of a request that was sent once is it known when it was answered (RFC 6298, section 3).
void note_round_trip(Timestamp now, const CheckTransaction& transaction,
                     PairStatistics& statistics) {
  if (transaction.schedule.sent() != 1) return;
  statistics.current_round_trip = now - transaction.schedule.first_sent_at();
  statistics.total_round_trip += statistics.current_round_trip;
  ++statistics.round_trips;
}

}  // namespace

/// Section 14.3: RTO = MAX (500 ms, Ta * N * (Num-Waiting + Num-In-Progress)), N being the number
/// of check lists.
Duration Generation::rto() const {
  const auto active = static_cast<std::int64_t>(pairs_.active_count());
  return std::max<Duration>(500ms, core_.pacer.ta() * active);
}

void Generation::send_check(Timestamp now, PairIndex index, CheckKind kind) {
  CandidatePair& pair = pairs_.at(index);
  const Candidate& local = locals_.at(pair.local);
  const bool consent = kind == CheckKind::consent;
  const bool nominates = core_.role == Role::controlling && !consent &&
                         (pair.nominating || nomination_.is_aggressive());
  OutgoingCheck check;
  core_.random.fill(check.id);
  check.remote_ufrag = remote_->credentials.ufrag;
  check.local_ufrag = local_.ufrag;
  // Section 7.1.1: "the priority ... that would be assigned to a peer-reflexive candidate".
  check.priority = candidate_priority(CandidateType::peer_reflexive,
                                      local_preference_of(local.priority), local.component);
  check.role = core_.role;
  check.tie_breaker = core_.tie_breaker;
  check.use_candidate = nominates;
  if (nominates && nomination_.may_renominate()) check.nomination = pair.nomination;

  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  const Bytes request = write_check(buffer, check, *remote_key_);
  core_.out.transmit_copy(local.base, remotes_.at(pair.remote).address, request);

  // A fresh transaction takes over the retransmissions of the older ones.
  if (!consent) transactions_.cancel_checks_of(index);
  const std::uint8_t send_count = consent ? 1 : stun::kSendCountMax;
  ByteVector kept;
  if (!consent) kept.assign(request.begin(), request.end());
  transactions_.add({check.id, index, check.role, check.priority, check.use_candidate, consent,
                     false, stun::Retransmission(now, rto(), send_count), std::move(kept)});
  if (consent) {
    ++pair.statistics.consent_requests_sent;
    return;
  }
  ++core_.counters.checks_sent;
  ++pair.statistics.requests_sent;
  pair.last_check_at = now;
  if (pair.attempts < kAttemptsMax) ++pair.attempts;
  if (!pair.is_valid()) pair.state = PairState::in_progress;
}

void Generation::retransmit_due(Timestamp now) {
  while (CheckTransaction* due = transactions_.next_due(now)) {
    const PairIndex index = due->pair;
    if (due->schedule.handle_timeout(now) == stun::Retransmission::Step::resend) {
      if (due->cancelled) continue;
      CandidatePair& pair = pairs_.at(index);
      core_.out.transmit_copy(locals_.at(pair.local).base, remotes_.at(pair.remote).address,
                              due->request);
      ++core_.counters.checks_resent;
      ++pair.statistics.requests_sent;
      continue;
    }
    const bool gives_up = !due->cancelled && !due->consent;
    transactions_.remove(due->id);
    if (gives_up) fail(index, PairFailure::timed_out);
  }
}

bool Generation::handle_response(Timestamp now, const TransportAddress& base,
                                 const TransportAddress& source,
                                 const stun::MessageView& response) {
  const CheckTransaction* found = transactions_.find(response.transaction_id());
  if (found == nullptr || !remote_key_) return false;
  // What does not prove to come from the peer leaves the transaction open: a forged answer must not
  // take the place of the true one.
  if (stun::check_integrity(response, *remote_key_) != stun::IntegrityCheck::valid) {
    ++core_.counters.unauthenticated_messages;
    return true;
  }
  // Deviation: (RFC 8489, section 6.3.3) the transaction does not fail, since another answer to it,
  // or to its repeat, may still come.
  if (!response.unknown_types().empty()) {
    ++core_.counters.malformed_messages;
    return true;
  }
  const CheckTransaction transaction = *found;
  CandidatePair& pair = pairs_.at(transaction.pair);
  ++core_.counters.check_responses_received;
  // Section 7.2.5.2.1: "the agent MUST check that the source and destination transport addresses in
  // the Binding request and response are symmetric". A path that works is not given up for it.
  if (source != remotes_.at(pair.remote).address || base != locals_.at(pair.local).base) {
    ++core_.counters.asymmetric_responses;
    if (!pair.is_valid()) fail(transaction.pair, PairFailure::asymmetric);
    return true;
  }
  pair.heard = true;
  ++pair.statistics.responses_received;
  note_round_trip(now, transaction, pair.statistics);
  if (response.message_class() == stun::Class::success) {
    handle_success(now, transaction, response);
  } else {
    handle_error(transaction, response);
  }
  return true;
}

void Generation::handle_success(Timestamp now, const CheckTransaction& transaction,
                                const stun::MessageView& response) {
  const auto mapped = response.get<stun::XorMappedAddress>();
  if (!mapped) {
    ++core_.counters.malformed_messages;
    return;
  }
  transactions_.remove(transaction.id);
  CandidatePair& pair = pairs_.at(transaction.pair);
  pair.last_response_at = now;
  // RFC 7675, section 5.1: consent that has expired does not come back, however long the answer lay
  // in a buffer of a host that slept.
  SelectedPath* path = paths_.find(transaction.pair);
  if (path != nullptr && !path->consent.has_expired(now)) path->consent.granted(now);
  if (pair.state == PairState::removed) return;
  const LocalIndex local = discover_local(pair, mapped->address, transaction.priority);
  if (transaction.consent) return note_mapping(transaction.pair, local);
  succeed(now, transaction.pair, local);
  if (transaction.nominating || was_nominated(pair)) set_nominated(now, transaction.pair);
}

/// By the peer: also if this agent has given the pair up meanwhile, because it had another one or
/// because its own checks were lost. The peer may use what it once nominated.
bool Generation::was_nominated(const CandidatePair& pair) const {
  return core_.role == Role::controlled && (pair.use_candidate_received || pair.nomination != 0);
}

/// Section 7.2.5.3.1: the local candidate that the mapped address names, which is a new
/// peer-reflexive one if none is known.
LocalIndex Generation::discover_local(const CandidatePair& pair, const TransportAddress& mapped,
                                      std::uint32_t priority) {
  const Candidate base = locals_.at(pair.local);
  if (mapped == base.address) return pair.local;
  if (const auto known = locals_.find(pair.component, mapped, base.base)) return *known;
  return locals_.add_peer_reflexive(base, mapped, priority).value_or(pair.local);
}

/// A NAT on the way may have made another mapping of a path that is in use.
void Generation::note_mapping(PairIndex index, LocalIndex local) {
  CandidatePair& pair = pairs_.at(index);
  if (!pair.is_valid() || pair.valid_local == local) return;
  pair.valid_local = local;
  if (paths_.find(index) == nullptr) return;
  announce_selected(pair.component);
  // To the peer this is a path from an address that nobody has nominated yet.
  const bool controls = core_.role == Role::controlling;
  if (controls && nomination_.may_renominate()) begin_nomination(index);
}

void Generation::handle_error(const CheckTransaction& transaction,
                              const stun::MessageView& response) {
  const auto error = response.get<stun::ErrorCode>();
  transactions_.remove(transaction.id);
  if (transaction.consent) return;
  if (error && error->code == stun::kRoleConflict) {
    handle_role_conflict(transaction);
  } else {
    // Section 7.2.5.2.4: any other error is unrecoverable for this pair.
    pairs_.at(transaction.pair).error_code = error ? error->code : std::uint16_t{0};
    fail(transaction.pair, PairFailure::refused);
  }
}

/// Section 7.2.5.1: "If the agent sent the Binding request with ICE-CONTROLLED, it MUST switch to
/// the controlling role", and the other way round. An answer to a request of the other role is
/// late: the role it complains about has changed already.
void Generation::handle_role_conflict(const CheckTransaction& transaction) {
  ++core_.counters.role_conflicts;
  CandidatePair& pair = pairs_.at(transaction.pair);
  if (++pair.conflicts > kConflictsMax) {
    pair.error_code = stun::kRoleConflict;
    return fail(transaction.pair, PairFailure::refused);
  }
  // A lite peer is controlled, whatever it says.
  if (transaction.role == core_.role && !remote_->lite) {
    take_role(opposite(core_.role));
    // "The agent MUST change the tie-breaker value": two agents with equal ones would go on.
    core_.tie_breaker = core_.random.next_u64();
  }
  if (pair.state == PairState::in_progress) pair.state = PairState::waiting;
  if (pair.state != PairState::removed && !pair.nominated) pairs_.trigger(transaction.pair);
}

}  // namespace floe::ice
