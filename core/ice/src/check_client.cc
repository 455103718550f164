#include "check_client.h"

#include <algorithm>
#include <array>

#include "floe/ice/limits.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/bare_binding.h"
#include "floe/stun/integrity.h"
#include "priority.h"

namespace floe::ice {

void CheckClient::set_remote() {
  remote_key_ = core_.crypto.hmac_sha1(as_bytes(remote_->credentials.password));
}

// Sending ---------------------------------------------------------------------------------------

/// Section 14.3: RTO = MAX (500 ms, Ta * N * (Num-Waiting + Num-In-Progress)), N being the number
/// of check lists.
Duration CheckClient::rto() const {
  const auto active = static_cast<std::int64_t>(pairs_.active_count());
  return std::max<Duration>(500ms, core_.pacer.ta() * active);
}

OutgoingCheck CheckClient::check_of(PairIndex index) {
  const Candidate& local = pairs_.local_of(index);
  OutgoingCheck check;
  core_.random.fill(check.id);
  check.remote_ufrag = remote_->credentials.ufrag;
  check.local_ufrag = own_.ufrag;
  // Section 7.1.1: the local candidate's priority "with the candidate type preference of
  // peer-reflexive candidates".
  check.priority = candidate_priority(CandidateType::peer_reflexive,
                                      local_preference_of(local.priority), local.component);
  check.role = core_.role();
  check.tie_breaker = core_.tie_breaker();
  check.use_candidate = false;
  return check;
}

void CheckClient::transmit(Timestamp now, PairIndex index, OutgoingCheck check) {
  check.rider = riders_.take(now, pairs_.at(index).component, RidesIn::check);
  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  const Route route = pairs_.route_of(index);
  core_.out.transmit_copy(route.local, route.remote, write_check(buffer, check, *remote_key_));
}

void CheckClient::send_check(Timestamp now, PairIndex index,
                             const NominationAttributes& attributes) {
  OutgoingCheck check = check_of(index);
  check.use_candidate = attributes.use_candidate;
  check.nomination = attributes.nomination;
  transmit(now, index, check);
  // A fresh transaction takes over the retransmissions of the older ones.
  transactions_.cancel_checks_of(index);
  transactions_.add({check.id, index, check.role, check.use_candidate, false, false, check.priority,
                     check.nomination, check.tie_breaker,
                     stun::Retransmission(now, rto(), stun::kSendCountMax)});
  ++core_.counters.checks_sent;
  CandidatePair& pair = pairs_.at(index);
  ++pair.statistics.requests_sent;
  pair.last_check_at = now;
  if (pair.attempts < kAttemptsMax) ++pair.attempts;
  pairs_.begin_check(index);
}

/// Section 11: "The Indication MUST NOT utilize any authentication mechanism. It SHOULD contain the
/// FINGERPRINT attribute to aid in demultiplexing".
void CheckClient::send_keepalive(PairIndex index) {
  stun::TransactionId id;
  core_.random.fill(id);
  const Route route = pairs_.route_of(index);
  core_.out.transmit_copy(route.local, route.remote,
                          stun::write_bare_binding(stun::Class::indication, id));
}

void CheckClient::send_consent_request(Timestamp now, PairIndex index, bool nominates) {
  OutgoingCheck check = check_of(index);
  check.use_candidate = nominates;
  transmit(now, index, check);
  transactions_.add({check.id, index, check.role, false, true, false, check.priority, 0,
                     check.tie_breaker, stun::Retransmission(now, rto(), 1)});
  ++pairs_.at(index).statistics.consent_requests_sent;
}

/// Deviation: (RFC 8489, section 6.2.1) a request that is sent again carries what is to ride now,
/// not what rode in it before. Nobody keeps an answer for it: a Binding request changes nothing.
void CheckClient::resend(Timestamp now, const CheckTransaction& open) {
  const OutgoingCheck check{.id = open.id,
                            .remote_ufrag = remote_->credentials.ufrag,
                            .local_ufrag = own_.ufrag,
                            .priority = open.priority,
                            .role = open.role,
                            .tie_breaker = open.tie_breaker,
                            .use_candidate = open.nominating,
                            .nomination = open.nomination};
  transmit(now, open.pair, check);
  ++core_.counters.checks_resent;
  ++pairs_.at(open.pair).statistics.requests_sent;
}

void CheckClient::handle_timeout(Timestamp now) {
  while (CheckTransaction* due = transactions_.next_due(now)) {
    const PairIndex index = due->pair;
    if (due->schedule.handle_timeout(now) == stun::Retransmission::Step::resend) {
      if (!due->cancelled) resend(now, *due);
      continue;
    }
    // Deviation: (section 7.2.5.2.3) a pair that has answered another request since does not fail.
    // Whether a path works, once it is selected, is told by consent alone (RFC 7675).
    const bool was_answered = pairs_.at(index).last_response_at >= due->schedule.first_sent_at();
    const bool gives_up = !due->cancelled && !due->consent && !was_answered;
    transactions_.remove(due->id);
    if (gives_up) fail(index, PairFailure::timed_out);
  }
}

// Answers ---------------------------------------------------------------------------------------

CheckOutcome CheckClient::handle_response(Timestamp now, const Route& path,
                                          const stun::MessageView& response) {
  using Kind = CheckOutcome::Kind;
  const CheckTransaction* found = transactions_.find(response.transaction_id());
  if (found == nullptr || !remote_key_) return {Kind::unexpected};
  // A response that is not authenticated leaves the transaction open: a forged answer must not take
  // the place of the true one.
  if (stun::check_integrity(response, *remote_key_) != stun::IntegrityCheck::valid) {
    ++core_.counters.unauthenticated_messages;
    return {Kind::handled};
  }
  // Deviation: (RFC 8489, section 6.3.3) the transaction does not fail, since another answer to it,
  // or to its repeat, may still come.
  if (!response.unknown_types().empty()) {
    ++core_.counters.malformed_messages;
    return {Kind::handled};
  }
  const CheckTransaction transaction = *found;
  ++core_.counters.check_responses_received;
  // Section 7.2.5.2.1: "The ICE agent MUST check that the source and destination transport
  // addresses in the Binding request and response are symmetric." A path that works is not given up
  // for it.
  if (path != pairs_.route_of(transaction.pair)) {
    ++core_.counters.asymmetric_responses;
    if (!pairs_.at(transaction.pair).is_valid()) fail(transaction.pair, PairFailure::asymmetric);
    return {Kind::handled};
  }
  count_answer(now, transaction);
  if (response.message_class() != stun::Class::success) return handle_error(transaction, response);
  const CheckOutcome outcome = handle_success(now, transaction, response);
  riders_.give(now, pairs_.at(transaction.pair).component, response);
  return outcome;
}

void CheckClient::count_answer(Timestamp now, const CheckTransaction& transaction) {
  CandidatePair& pair = pairs_.at(transaction.pair);
  pair.heard = true;
  PairStatistics& statistics = pair.statistics;
  ++statistics.responses_received;
  // The round trip is known only if the request was sent once (RFC 6298, section 3).
  if (transaction.schedule.sent() != 1) return;
  statistics.current_round_trip = now - transaction.schedule.first_sent_at();
  statistics.total_round_trip += statistics.current_round_trip;
  ++statistics.round_trips;
}

CheckOutcome CheckClient::handle_success(Timestamp now, const CheckTransaction& transaction,
                                         const stun::MessageView& response) {
  const auto mapped = response.get<stun::XorMappedAddress>();
  if (!mapped) {
    ++core_.counters.malformed_messages;
    return {CheckOutcome::Kind::handled};
  }
  transactions_.remove(transaction.id);
  CandidatePair& pair = pairs_.at(transaction.pair);
  pair.last_response_at = now;
  CheckOutcome outcome{CheckOutcome::Kind::answered, transaction.pair, transaction.role,
                       transaction.nominating, transaction.consent};
  if (pair.state == PairState::removed) return outcome;
  outcome.local = locals_.discover(pair.local, mapped->address, transaction.priority);
  if (!transaction.consent) succeed(transaction.pair, *outcome.local);
  return outcome;
}

void CheckClient::succeed(PairIndex index, LocalIndex valid_local) {
  CandidatePair& pair = pairs_.at(index);
  if (pair.is_valid()) {
    pair.valid_local = valid_local;
    return;
  }
  pairs_.succeed(index, valid_local, core_.role());
  transactions_.remove_checks_of(index);
  pairs_.unfreeze_foundation_of(index);
}

CheckOutcome CheckClient::handle_error(const CheckTransaction& transaction,
                                       const stun::MessageView& response) {
  const auto error = response.get<stun::ErrorCode>();
  transactions_.remove(transaction.id);
  if (transaction.consent) return {CheckOutcome::Kind::handled};
  if (error && error->code == stun::kRoleConflict) return handle_role_conflict(transaction);
  // Section 7.2.5.2.4: any other error is unrecoverable for this pair.
  pairs_.at(transaction.pair).error_code = error ? error->code : std::uint16_t{0};
  fail(transaction.pair, PairFailure::refused);
  return {CheckOutcome::Kind::handled};
}

CheckOutcome CheckClient::handle_role_conflict(const CheckTransaction& transaction) {
  ++core_.counters.role_conflicts;
  CandidatePair& pair = pairs_.at(transaction.pair);
  if (++pair.conflicts > kConflictsMax) {
    pair.error_code = stun::kRoleConflict;
    fail(transaction.pair, PairFailure::refused);
    return {CheckOutcome::Kind::handled};
  }
  return {CheckOutcome::Kind::conflict, transaction.pair, transaction.role};
}

// Ends of checks --------------------------------------------------------------------------------

void CheckClient::fail(PairIndex index, PairFailure why) {
  transactions_.remove_checks_of(index);
  pairs_.fail(index, why);
}

void CheckClient::remove(PairIndex index, PairFailure why) {
  transactions_.remove_all_of(index);
  pairs_.remove(index, why);
}

void CheckClient::give_up_pending(StreamComponent component) {
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    if (pair.component == component && pair.is_pending()) transactions_.remove_all_of(index);
  }
  pairs_.remove_pending(component);
}

}  // namespace floe::ice
