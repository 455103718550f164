#include "checkers.h"

#include <algorithm>
#include <tuple>

#include "check_list.h"
#include "consent.h"
#include "floe/ice/limits.h"
#include "turn_clients.h"

namespace floe::sim {
namespace {

/// Wakes that do nothing, such as a transaction's end, may come together, but not without end.
constexpr unsigned kIdleRingsMax = 8;
constexpr Duration kIdleWindow = 5ms;

bool is_binding_request(Bytes message) {
  constexpr std::uint16_t kType = stun::encode_type(stun::Class::request, stun::Method::binding);
  return message[0] == kType >> 8 && message[1] == (kType & 0xff);
}

/// RFC 8445, section 11: a keepalive, which nobody authenticates.
bool is_binding_indication(Bytes message) {
  constexpr std::uint16_t kType = stun::encode_type(stun::Class::indication, stun::Method::binding);
  return stun::looks_like_stun(message) && message[0] == kType >> 8 && message[1] == (kType & 0xff);
}

bool is_binding_response(Bytes message) {
  constexpr std::uint16_t kType = stun::encode_type(stun::Class::success, stun::Method::binding);
  return stun::looks_like_stun(message) && message[0] == kType >> 8 && message[1] == (kType & 0xff);
}

/// Checks say who they are, and begin with it; questions to a server do not.
bool has_username(Bytes request) {
  constexpr std::size_t kFirst = stun::kHeaderSize;
  return request.size() >= kFirst + stun::kAttributeHeaderSize && request[kFirst] == 0x00 &&
         request[kFirst + 1] == 0x06;
}

stun::TransactionId transaction_id(Bytes message) {
  stun::TransactionId id;
  std::ranges::copy(message.subspan(8, id.size()), id.begin());
  return id;
}

}  // namespace

AgentChecker::AgentChecker(World& world, SimHost& host, const ice::Agent& agent,
                           const ice::PacerConfig& pacing, SharedPacing* shared_pacing)
    : world_(world),
      host_(host),
      agent_(agent),
      ta_(std::max(pacing.ta, ice::kTaMin)),
      shared_pacing_(shared_pacing),
      violations_(world.trace()) {
  host_.add_observer(*this);
  world_.add_watcher(*this);
}

AgentChecker::~AgentChecker() {
  host_.remove_observer(*this);
  world_.remove_watcher(*this);
}

void AgentChecker::violate(std::string_view what) {
  const std::string text = host_.name() + ' ' + std::string(what);
  world_.trace().note(world_.now(), "checker", text);
  violations_.add(text);
}

/// Sockets that come after the end of candidates are not announced.
bool AgentChecker::is_mine(const TransportAddress& local) {
  if (std::ranges::find(bases_, local) != bases_.end()) return true;
  const auto& candidates = agent_.known_local_candidates();
  const bool is_new =
      std::ranges::find(candidates, local, &ice::Candidate::base) != candidates.end();
  if (is_new) bases_.push_back(local);
  return is_new;
}

FiveTupleFacts& AgentChecker::facts(const TransportAddress& local, const TransportAddress& remote) {
  return five_tuples_.insert(FiveTuple::of(local, remote), FiveTupleFacts());
}

void AgentChecker::note_event(const ice::Event& event) {
  ++outputs_;
  touched_ = true;
  if (const auto* found = std::get_if<ice::LocalCandidateFound>(&event)) {
    candidates_changed_ = true;
    const TransportAddress& base = found->candidate.base;
    if (std::ranges::find(bases_, base) == bases_.end()) bases_.push_back(base);
  } else if (const auto* state = std::get_if<ice::StateChanged>(&event)) {
    if (closed_) violate("changed its state after it was closed");
    closed_ = state->state == ice::State::closed;
  }
}

// Datagrams ---------------------------------------------------------------------------------------

void AgentChecker::on_arriving(const Datagram& datagram) {
  const auto& [local, remote, payload] =
      std::tie(datagram.local, datagram.remote, datagram.payload);
  if (agent_.turn_clients().server_count() > 0 && TurnWatch::is_turn(payload)) {
    touched_ = true;
    const auto inner = turn_.note_arrived(world_.now(), local, remote, payload);
    if (inner) note_arriving(inner->relayed, inner->peer, inner->payload);
  } else {
    note_arriving(local, remote, payload);
  }
}

void AgentChecker::note_arriving(const TransportAddress& local, const TransportAddress& remote,
                                 Bytes payload) {
  if (!is_mine(local)) return;
  arriving_ = FiveTuple::of(local, remote);
  if (FiveTupleFacts* path = five_tuples_.find(*arriving_)) {
    const bool is_data = !stun::looks_like_stun(payload) || is_binding_indication(payload);
    if (is_data && path->heard()) path->hear(world_.now());
    if (is_binding_response(payload)) path->answer_of_server();
  }
  requests_before_ = agent_.counters().checks_received;
  responses_before_ = agent_.counters().check_responses_received;
}

void AgentChecker::on_arrived(const Datagram&) {
  if (!arriving_) return;
  learn_from_arrival();
  arriving_.reset();
  touched_ = true;
}

/// The agent counts requests and answers once they have proved who sent them.
void AgentChecker::learn_from_arrival() {
  if (!arriving_) return;
  const bool request = agent_.counters().checks_received > requests_before_;
  const bool response = agent_.counters().check_responses_received > responses_before_;
  if (!request && !response) return;
  requests_before_ = agent_.counters().checks_received;
  responses_before_ = agent_.counters().check_responses_received;
  FiveTupleFacts& path = five_tuples_.insert(*arriving_, FiveTupleFacts());
  path.hear(world_.now());
  if (response) path.answer(world_.now());
}

void AgentChecker::on_sending(const TransportAddress& from, const TransportAddress& to,
                              Bytes payload) {
  if (agent_.turn_clients().server_count() == 0 || !TurnWatch::is_turn(payload)) {
    return note_sent(from, to, payload);
  }
  ++outputs_;
  touched_ = true;
  learn_from_arrival();
  if (closed_) violate("sent a message to a TURN server after it was closed");
  const auto inner = turn_.note_sent(world_.now(), from, to, payload);
  if (turn_.began_allocation()) check_slot();
  if (!inner) return;
  if (!inner->is_permitted) violate("sent to a peer without permission");
  is_relayed_ = true;
  note_sent(inner->relayed, inner->peer, inner->payload);
  is_relayed_ = false;
}

void AgentChecker::note_sent(const TransportAddress& from, const TransportAddress& to,
                             Bytes payload) {
  if (!is_mine(from)) return;
  ++outputs_;
  touched_ = true;
  learn_from_arrival();
  if (closed_) violate("sent a datagram after it was closed");
  FiveTupleFacts& path = facts(from, to);
  if (!stun::looks_like_stun(payload)) return check_data(path, from, to);
  if (is_binding_request(payload)) check_request(path, payload);
}

void AgentChecker::check_request(FiveTupleFacts& path, Bytes request) {
  if (!path.begins_transaction(transaction_id(request))) return;
  if (!has_username(request)) {
    // RFC 8445, section 5.1.1.4: the binding of a candidate is kept alive; that opens none.
    if (!path.is_kept_binding()) check_slot();
    return path.ask_server();
  }
  if (!path.heard()) return check_slot();
  // UnpacedAllowance counts in windows that follow one another, so two of them may meet; beside
  // them a slot in Ta, and consent in each of two generations.
  const auto slots = static_cast<std::size_t>(ice::kUnpacedWindow / ta_) + 1;
  const std::size_t bound = 2 * std::size_t{ice::kUnpacedChecksMax} + slots + 2;
  if (path.burst(world_.now(), ice::kUnpacedWindow) > bound) {
    violate("sent more checks than a five-tuple that was heard from may have at once");
  }
}

/// What waited for its permission at a relay had its slot when it began to wait.
void AgentChecker::check_slot() {
  if (is_relayed_) return;
  const Timestamp now = world_.now();
  if (own_pacing_.last_slot && now - *own_pacing_.last_slot < ta_) {
    violate("began two checks that cost a slot within Ta");
  }
  own_pacing_.last_slot = now;
  if (shared_pacing_ == nullptr) return;
  if (shared_pacing_->last_slot && now - *shared_pacing_->last_slot < ice::kTaMin) {
    violate("began a check that costs a slot within 5 ms of another agent's");
  }
  shared_pacing_->last_slot = now;
}

/// A lite agent asks nobody, so what it hears has to do; two of them do not even hear.
bool AgentChecker::has_consent(const FiveTupleFacts& path) const {
  const bool is_lite = agent_.config().implementation == ice::Implementation::lite;
  if (is_lite && peer_is_lite_) return true;
  const auto& granted = is_lite ? path.heard_at() : path.answered_at();
  const Duration timeout = is_lite ? ice::kLiteTimeout : ice::kConsentTimeout;
  return granted && world_.now() - *granted < timeout;
}

void AgentChecker::check_data(const FiveTupleFacts& path, const TransportAddress& from,
                              const TransportAddress& to) {
  if (!has_consent(path)) violate("sent data without consent");
  // Which component it is of shows by the socket: each has its own.
  const auto& locals = agent_.known_local_candidates();
  const auto local = std::ranges::find(locals, from, &ice::Candidate::base);
  if (local == locals.end()) return;
  const auto selected = agent_.selected_pair(local->id());
  if (selected && (selected->local.base != from || selected->remote.address != to)) {
    violate("sent data, but not over the selected pair");
  }
}

// Time and size -----------------------------------------------------------------------------------

void AgentChecker::on_timer_rung() {
  const Timestamp now = world_.now();
  touched_ = true;
  if (deadline_ > now) return;  // somebody else's timer
  const bool idle = outputs_ == outputs_at_ring_;
  outputs_at_ring_ = outputs_;
  stale_deadlines_ = idle && agent_.deadline() <= now ? stale_deadlines_ + 1 : 0;
  if (stale_deadlines_ == 2) violate("gave a deadline that has come twice, and did nothing");
  if (!idle || now - idle_since_ >= kIdleWindow) {
    idle_since_ = now;
    idle_rings_ = 0;
  }
  if (++idle_rings_ > kIdleRingsMax) violate("keeps waking with nothing to do");
}

void AgentChecker::on_step() {
  if (!touched_) return;
  touched_ = false;
  deadline_ = agent_.deadline();
  if (closed_ && deadline_ != kNever) violate("waits for something after it was closed");
  check_limits();
}

void AgentChecker::check_limits() {
  const ice::CheckList& pairs = agent_.check_list();
  if (pairs.triggered().size() > ice::kPairsMax) violate("has too many triggered checks");
  if (pairs.all().size() == pairs_seen_ && !candidates_changed_) return;
  pairs_seen_ = pairs.all().size();
  candidates_changed_ = false;
  if (pairs_seen_ > ice::kPairsMax) violate("has too many pairs");
  if (agent_.local_candidates().size() > ice::kLocalCandidatesMax) {
    violate("has too many local candidates");
  }
  if (agent_.remote_candidates().size() > ice::kRemoteCandidatesMax) {
    violate("has too many remote candidates");
  }
}

}  // namespace floe::sim
