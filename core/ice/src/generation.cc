#include "generation.h"

#include <algorithm>
#include <utility>

#include "component_hope.h"

namespace floe::ice {

Generation::Generation(AgentCore& core, Credentials local)
    : core_(core),
      local_(std::move(local)),
      pairs_(locals_, remotes_, core.config.pairs),
      schedule_(pairs_, core.pacer, core.config.streams),
      client_(core, local_, remote_, locals_, pairs_),
      server_(core, local_, remote_),
      paths_(core, pairs_, client_),
      nominator_(core, pairs_, client_, paths_) {}

CandidateExchange Generation::candidates() {
  return {core_, locals_, remotes_, pairs_, client_, paths_, formation()};
}

// Description and role --------------------------------------------------------------------------

bool Generation::set_remote_description(Timestamp now, const SessionDescription& description) {
  if (remote_) return remote_->credentials == description.credentials;
  remote_ = description;
  client_.set_remote();
  patient_until_ = now + kPatientTime;
  paths_.set_peer_is_lite(description.lite);
  nominator_.set_peer(description);
  core_.pacer.agree_with(description.ta);
  // RFC 8445, section 6.1.1: "One agent full, one lite: The full agent MUST take the controlling
  // role, and the lite agent MUST take the controlled role."
  if (core_.is_lite() != description.lite) {
    set_role(core_.is_lite() ? Role::controlled : Role::controlling);
  }
  for (const HeardCheck& check : server_.release_early_checks(description.credentials.ufrag)) {
    const auto pair = pair_of(check);
    if (pair) handle_check(now, *pair, check);
  }
  return true;
}

void Generation::set_role(Role role) {
  if (core_.set_role(role)) pairs_.set_role(role);
}

// Answers to our checks (RFC 8445, section 7.2.5) -----------------------------------------------

bool Generation::handle_response(Timestamp now, const Route& path,
                                 const stun::MessageView& response) {
  const CheckOutcome outcome = client_.handle_response(now, path, response);
  switch (outcome.kind) {
    case CheckOutcome::Kind::unexpected:
      return false;
    case CheckOutcome::Kind::handled:
      break;
    case CheckOutcome::Kind::answered:
      handle_answer(now, outcome);
      break;
    case CheckOutcome::Kind::conflict:
      handle_conflict(outcome);
      break;
  }
  return true;
}

void Generation::handle_answer(Timestamp now, const CheckOutcome& outcome) {
  paths_.handle_answer(now, outcome.pair);
  if (!outcome.local) return;
  if (outcome.consent) {
    const bool is_new = paths_.set_mapping(outcome.pair, *outcome.local);
    if (is_new) nominator_.handle_new_mapping(outcome.pair);
  } else if (outcome.nominating || nominator_.was_nominated(outcome.pair)) {
    nominator_.confirm(now, outcome.pair);
  }
}

/// Section 7.2.5.1: "if the ICE agent included an ICE-CONTROLLED attribute in the request, the
/// agent MUST switch to the controlling role", and the other way round. If the request was sent in
/// the other role, the 487 is late: this agent has changed its role already.
void Generation::handle_conflict(const CheckOutcome& outcome) {
  // A lite peer is controlled, whatever it says.
  if (outcome.role == core_.role() && !remote_->lite) {
    core_.switch_role();
    pairs_.set_role(core_.role());
  }
  const CandidatePair& pair = pairs_.at(outcome.pair);
  if (pair.state == PairState::in_progress) pairs_.wait(outcome.pair);
  if (pair.state != PairState::removed && !pair.nomination.is_nominated()) {
    pairs_.trigger(outcome.pair);
  }
}

// Checks of the peer (RFC 8445, section 7.3) ----------------------------------------------------

void Generation::handle_request(Timestamp now, const Route& path,
                                const stun::MessageView& request) {
  const std::string_view remote_ufrag = remote_ ? remote_->credentials.ufrag : std::string_view();
  const auto check = server_.read(path, request, remote_ufrag);
  if (!check) return;
  if (has_lost_consent(path)) {
    ++core_.counters.checks_on_lost_paths;
    return;
  }
  ++core_.counters.checks_received;
  if (!resolve_role_conflict(path, request, *check)) return;
  const HeardCheck heard{path,
                         std::string(check->sender_ufrag),
                         check->priority,
                         check->use_candidate,
                         check->nomination,
                         now};
  if (!remote_) {
    server_.accept(now, path, request, locals_.component_of(path.local));
    return server_.remember(heard);
  }
  const auto pair = pair_of(heard);
  // An answer would tell the peer that this path works, but this agent has no pair for the path.
  if (!pair && locals_.find_base(path.local)) return;
  server_.accept(now, path, request, locals_.component_of(path.local));
  if (pair) handle_check(now, *pair, heard);
}

/// RFC 7675, section 5.1: once consent is lost, "the same ICE credentials MUST NOT be used on the
/// affected 5-tuple again". An answer would use them, and the peer would believe that it is
/// connected, although this agent has given the path up. A lite agent asks for no consent.
bool Generation::has_lost_consent(const Route& path) const {
  if (core_.is_lite()) return false;
  const auto pair = pairs_.find(path);
  return pair && pairs_.at(*pair).failure == PairFailure::silent;
}

/// Section 7.3.1.1. False: the request was answered with 487 and must be ignored.
bool Generation::resolve_role_conflict(const Route& path, const stun::MessageView& request,
                                       const IncomingCheck& check) {
  // The sender of a check is a full agent, even if its description has not come yet.
  if (core_.is_lite()) set_role(Role::controlled);
  // Between a full and a lite agent no tie-breaker decides (section 6.1.1).
  const bool role_is_given = core_.is_lite() || (remote_ && remote_->lite);
  switch (server_.judge_role(path, request, check, role_is_given)) {
    case ConflictVerdict::no_conflict:
      return true;
    case ConflictVerdict::send_487:
      return false;
    case ConflictVerdict::switch_role:
      set_role(opposite(core_.role()));
      return true;
  }
  return true;
}

std::optional<PairIndex> Generation::pair_of(const HeardCheck& check) {
  const auto local = locals_.find_base(check.path.local);
  return local ? formation().pair_of(*local, check) : std::nullopt;
}

/// Sections 7.3.1.3 and 7.3.1.4: the pair deserves a check of our own.
void Generation::handle_check(Timestamp now, PairIndex index, const HeardCheck& check) {
  CandidatePair& pair = pairs_.at(index);
  ++pair.statistics.requests_received;
  ++pair.statistics.responses_sent;
  paths_.handle_check(check.heard_at, index);
  // A NAT may have stopped all earlier checks, and let a message in only now.
  if (!std::exchange(pair.heard, true)) pair.attempts = 0;
  const bool nominates = check.use_candidate && core_.role() == Role::controlled;
  if (nominates) nominator_.handle_use_candidate(index, check.nomination);
  if (core_.is_lite()) return lite_selection().handle_check(now, index, check);
  trigger_check(now, index, check);
}

void Generation::trigger_check(Timestamp now, PairIndex index, const HeardCheck& check) {
  const CandidatePair& pair = pairs_.at(index);
  const bool is_requested = pair.nomination.is_requested();
  switch (pair.state) {
    case PairState::succeeded:
      if (check.use_candidate && is_requested) return nominator_.confirm_valid(now, index);
      // The peer may have moved to this path. If it answered lately, it need not be asked again:
      // otherwise each check of one agent would cause a check of the other without end.
      if (paths_.find(index) != nullptr || !paths_.suspect(now, pair.component)) return;
      if (now < pair.last_response_at + kCheckAgainAfter) return;
      break;
    case PairState::removed:
      // The component has its pair; another pair is checked only if the peer nominates it, if this
      // agent still looks for a better one, or if the peer may have moved: RFC 8445, section
      // 7.3.1.4, triggers a check whether a pair is selected or not.
      if (!is_requested && !formation().wants_pairs_of(pair.component) &&
          !paths_.suspect(now, pair.component)) {
        return;
      }
      break;
    case PairState::in_progress:
      // Deviation: (section 7.3.1.4) at most kTransactionsPerPairMax checks at once. Otherwise,
      // until an answer comes, each check of one agent would cause a check of the other; on a long
      // path the oldest check would always be forgotten before its answer came.
      if (pair.attempts >= kTransactionsPerPairMax) return;
      client_.cancel_checks(index);
      break;
    case PairState::failed:
      paths_.handle_new_pair();
      break;
    case PairState::frozen:
    case PairState::waiting:
      break;
  }
  pairs_.trigger(index);
  if (!pair.is_valid()) pairs_.wait(index);
}

// Data and relays -------------------------------------------------------------------------------

std::optional<StreamComponent> Generation::early_component(const Route& path) const {
  return server_.remembers(path) ? locals_.component_of(path.local) : std::nullopt;
}

void Generation::refuse_relayed_peer(Timestamp now, const RelayedPeerRefused& refused) {
  for (const PairIndex index : pairs_.indices()) {
    const Route route = pairs_.route_of(index);
    if (route.local != refused.relayed || route.remote.ip != refused.peer) continue;
    pairs_.at(index).error_code = refused.code;
    if (paths_.find(index) != nullptr) {
      paths_.lose(now, pairs_.at(index).component, PairFailure::relay_refused);
    } else {
      client_.fail(index, PairFailure::relay_refused);
    }
  }
}

RelayDemand Generation::relay_demand() const {
  const bool keeps_spares = nominator_.policy().may_renominate() &&
                            core_.config.nomination == NominationMode::renomination;
  return {pairs_, paths_, keeps_spares};
}

// Time ------------------------------------------------------------------------------------------

void Generation::update(Timestamp now) {
  if (!remote_) return;
  nominator_.follow_highest(now);
  for (const PathStep& step : paths_.update(now)) {
    step.checks_others ? formation().check_others(now, step.component)
                       : nominator_.check_again(step.component);
  }
  if (core_.is_lite()) {
    if (remote_->lite) lite_selection().select_highest(now);
    return;
  }
  nominator_.go_over(now);
  nominator_.nominate(now);
  while (const auto next = schedule_.next(now)) {
    client_.send_check(now, *next, nominator_.attributes_of(*next));
  }
}

Timestamp Generation::deadline(Timestamp now) const {
  if (!remote_) return kNever;
  Timestamp earliest = paths_.deadline(now);
  if (now < patient_until_ && !is_connected()) earliest = std::min(earliest, patient_until_);
  if (core_.is_lite()) return earliest;
  return std::min({earliest, client_.deadline(), schedule_.deadline(now), nominator_.deadline()});
}

// Questions -------------------------------------------------------------------------------------

bool Generation::is_completed() const {
  if (core_.is_lite()) return is_connected();
  return is_connected() && candidates_have_ended() && !pairs_.has_pending();
}

bool Generation::has_failed(Timestamp now) const {
  if (!remote_) return false;
  // RFC 8838, section 8: not while candidates of either side may still come; RFC 8863: not before
  // the peer's own checks had their time to arrive.
  // A host without a network waits for one; so its own end of candidates does not count.
  const bool have_ended = remotes_.has_ended() && (locals_.has_ended() || locals_.all().empty());
  const bool has_had_time = paths_.has_lost_path() || (have_ended && now >= patient_until_);
  const bool is_lite = core_.is_lite();
  if (!has_had_time || !has_hopeless_component(paths_.selected(), pairs_, is_lite)) return false;
  // An end that could check nothing has tried nothing; an address may come while the peer still
  // waits.
  return has_checked_in_vain(paths_.selected(), pairs_, is_lite) || now >= paths_.waits_until();
}

}  // namespace floe::ice
