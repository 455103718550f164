#include "floe/ice/agent.h"

#include <algorithm>

#include "floe/ice/limits.h"

namespace floe::ice {
namespace {

bool is_usable(const TransportAddress& address) {
  return address.port != 0 && !address.ip.is_any() && !address.ip.is_multicast();
}

AgentConfig within_limits(AgentConfig config) {
  config.components = std::clamp<ComponentId>(config.components, 1, kComponentMax);
  config.streams = std::clamp<std::uint8_t>(config.streams, 1, kStreamsMax);
  return config;
}

}  // namespace

std::string_view to_text(AddCandidateResult result) {
  switch (result) {
    case AddCandidateResult::added:
      return "added";
    case AddCandidateResult::duplicate:
      return "known already";
    case AddCandidateResult::limit:
      return "too many candidates";
    case AddCandidateResult::unknown_component:
      return "component is not in use";
    case AddCandidateResult::unusable:
      return "nothing can be sent to this address";
    case AddCandidateResult::closed:
      return "the agent is closed";
  }
  return "?";
}

Agent::Agent(const AgentConfig& config, RandomSource& random, Crypto& crypto,
             SharedPacer* shared_pacer)
    : core_{random,
            crypto,
            within_limits(config),
            Pacer(config.pacing, shared_pacer),
            config.role,
            random.next_u64()},
      gatherer_(core_) {
  current_ = std::make_unique<Generation>(core_, Credentials::generate(random));
}

// Inputs ----------------------------------------------------------------------------------------

bool Agent::set_role(Timestamp now, Role role) {
  if (state_ == State::closed || previous_ || current_->remote()) return false;
  current_->take_role(role);
  settle(now);
  return true;
}

bool Agent::set_policy(CandidatePolicy policy) {
  const bool has_begun = !gatherer_.sockets().empty() || gatherer_.server_count() != 0;
  if (state_ == State::closed || has_begun) return false;
  core_.config.policy = policy;
  return true;
}

void Agent::start_gathering(Timestamp now) {
  if (state_ == State::closed || gathering_state_ != GatheringState::fresh) return;
  set_gathering_state(GatheringState::gathering);
  settle(now);
}

AddCandidateResult Agent::add_local_socket(Timestamp now, const LocalSocket& socket) {
  if (state_ == State::closed) return AddCandidateResult::closed;
  if (!current_->paths().knows(socket.id)) return AddCandidateResult::unknown_component;
  const bool external_is_usable = !socket.external || is_usable(*socket.external);
  if (!is_usable(socket.base) || !external_is_usable) return AddCandidateResult::unusable;
  if (gatherer_.has_socket(socket.base)) return AddCandidateResult::duplicate;
  if (shows_own_addresses() && !current_->add_local_socket(socket)) {
    ++core_.counters.candidates_refused;
    return AddCandidateResult::limit;
  }
  gatherer_.add_socket(socket);
  if (turn_clients_) turn_clients_->add_socket(socket);
  settle(now);
  return AddCandidateResult::added;
}

void Agent::remove_local_socket(Timestamp now, const TransportAddress& base) {
  gatherer_.remove_socket(base);
  if (turn_clients_) turn_clients_->remove_socket(base);
  if (state_ == State::closed) return;
  current_->remove_local_socket(now, base);
  if (previous_) previous_->remove_local_socket(now, base);
  settle(now);
}

bool Agent::add_stun_server(Timestamp now, const TransportAddress& server) {
  if (state_ == State::closed || core_.is_lite() || !shows_own_addresses()) return false;
  const bool added = gatherer_.add_server(server);
  settle(now);
  return added;
}

void Agent::end_of_local_sockets(Timestamp now) {
  if (state_ == State::closed || sockets_ended_) return;
  sockets_ended_ = true;
  settle(now);
}

bool Agent::set_remote_description(Timestamp now, const SessionDescription& description) {
  if (state_ == State::closed || !description.credentials.is_valid()) return false;
  const bool accepted = current_->set_remote_description(now, description);
  settle(now);
  return accepted;
}

AddCandidateResult Agent::add_remote_candidate(Timestamp now, const Candidate& candidate) {
  if (state_ == State::closed) return AddCandidateResult::closed;
  if (!current_->paths().knows(candidate.id())) return AddCandidateResult::unknown_component;
  if (!is_usable(candidate.address)) return AddCandidateResult::unusable;
  const auto outcome = current_->add_remote_candidate(candidate);
  settle(now);
  switch (outcome) {
    case RemoteCandidates::Added::added:
    case RemoteCandidates::Added::merged:
      return AddCandidateResult::added;
    case RemoteCandidates::Added::duplicate:
      return AddCandidateResult::duplicate;
    case RemoteCandidates::Added::limit:
      break;
  }
  ++core_.counters.candidates_refused;
  return AddCandidateResult::limit;
}

bool Agent::remove_remote_candidate(Timestamp now, const Candidate& candidate) {
  if (state_ == State::closed) return false;
  const bool removed = current_->remove_remote_candidate(candidate);
  settle(now);
  return removed;
}

void Agent::end_of_remote_candidates(Timestamp now) {
  if (state_ == State::closed) return;
  current_->end_of_remote_candidates();
  settle(now);
}

void Agent::handle_datagram(Timestamp now, const TransportAddress& local,
                            const TransportAddress& remote, Bytes payload) {
  if (state_ == State::closed) return;
  ++core_.counters.datagrams_received;
  core_.counters.bytes_received += payload.size();
  if (turn_clients_ && turn_clients_->handle_datagram(now, local, remote, payload)) {
    if (take_relay_events(now) || stun::looks_like_stun(payload)) settle(now);
    return;
  }
  if (!stun::looks_like_stun(payload)) return handle_data(now, local, remote, payload);
  handle_stun(now, local, remote, payload);
  settle(now);
}

void Agent::handle_data(Timestamp now, const TransportAddress& local,
                        const TransportAddress& remote, Bytes payload) {
  auto component = current_->handle_data(now, local, remote, payload.size());
  if (!component && previous_) {
    component = previous_->handle_data(now, local, remote, payload.size());
  }
  if (!component) {
    ++core_.counters.data_from_strangers;
    return;
  }
  ++core_.counters.data_received;
  core_.out.event(DataReceived{component->component, payload, component->stream});
}

void Agent::handle_stun(Timestamp now, const TransportAddress& local,
                        const TransportAddress& remote, Bytes payload) {
  const auto message = stun::MessageView::parse(payload);
  if (!message) {
    ++core_.counters.malformed_messages;
    return;
  }
  if (message->method() != stun::Method::binding) {
    ++core_.counters.unexpected_messages;
    return;
  }
  if (message->is_request()) return handle_request(now, local, remote, *message);
  if (message->is_response()) return handle_response(now, local, remote, *message);
  ++core_.counters.unexpected_messages;
}

void Agent::handle_response(Timestamp now, const TransportAddress& local,
                            const TransportAddress& remote, const stun::MessageView& response) {
  bool is_of_a_server = false;
  const auto discovery = gatherer_.handle_response(now, local, remote, response, is_of_a_server);
  if (discovery) current_->add_server_reflexive(*discovery);
  const bool expected = is_of_a_server || current_->handle_response(now, local, remote, response) ||
                        (previous_ && previous_->handle_response(now, local, remote, response));
  if (!expected) ++core_.counters.unexpected_messages;
}

void Agent::handle_request(Timestamp now, const TransportAddress& local,
                           const TransportAddress& remote, const stun::MessageView& request) {
  const auto ufrag = receiver_ufrag_of(request);
  Generation* generation = ufrag ? generation_of(*ufrag) : nullptr;
  // What is not to be known to the peer does not answer it either.
  if (!shows_own_addresses() && !is_relayed(local)) generation = nullptr;
  if (generation == nullptr) {
    ++core_.counters.unauthenticated_messages;
    return;
  }
  generation->handle_request(now, local, remote, request);
}

Generation* Agent::generation_of(std::string_view ufrag) {
  if (current_->local().ufrag == ufrag) return &*current_;
  if (previous_ && previous_->local().ufrag == ufrag) return &*previous_;
  return nullptr;
}

void Agent::handle_timeout(Timestamp now) {
  if (state_ == State::closed) return;
  current_->handle_timeout(now);
  if (previous_) previous_->handle_timeout(now);
  settle(now);
}

bool Agent::send(Timestamp now, StreamComponent component, Bytes payload) {
  const auto route = route_of(now, component, payload.size());
  if (!route) return false;
  ++core_.counters.data_sent;
  if (is_relayed(route->local)) {
    relay_data(now, *route, payload);
  } else {
    core_.out.transmit_view(route->local, route->remote, payload);
  }
  return true;
}

std::optional<Route> Agent::route_data(Timestamp now, StreamComponent component, std::size_t size) {
  const auto route = route_of(now, component, size);
  if (!route) return std::nullopt;
  ++core_.counters.data_sent;
  // What goes by a relay is counted with its headers, when it leaves.
  if (!is_relayed(route->local)) count_sent(size);
  return route;
}

std::optional<Route> Agent::route_of(Timestamp now, StreamComponent component, std::size_t size) {
  if (state_ == State::closed) return std::nullopt;
  // RFC 8445, section 9: data goes over the pair selected before until there is a new one.
  const bool is_selected = current_->paths().find(component) != nullptr;
  if (previous_ && !is_selected) {
    if (const auto route = previous_->route_data(now, component, size)) return route;
  }
  return current_->route_data(now, component, size);
}

void Agent::count_sent(std::size_t size) {
  ++core_.counters.datagrams_sent;
  core_.counters.bytes_sent += size;
}

void Agent::restart(Timestamp now) {
  if (state_ == State::closed) return;
  // RFC 8445, section 9: data goes on over what was selected before, if anything was.
  if (current_->is_connected()) previous_ = std::move(current_);
  current_ = std::make_unique<Generation>(core_, Credentials::generate(core_.random));
  if (gathering_state_ != GatheringState::fresh) set_gathering_state(GatheringState::gathering);
  gatherer_.restart();
  if (shows_own_addresses()) {
    for (const LocalSocket& socket : gatherer_.sockets()) current_->add_local_socket(socket);
  }
  if (turn_clients_) turn_clients_->restart(now);
  settle(now);
}

void Agent::close(Timestamp now) {
  if (state_ == State::closed) return;
  if (turn_clients_) turn_clients_->close(now);
  previous_.reset();
  state_ = State::closed;
  core_.out.event(StateChanged{state_});
}

// What follows from every input -------------------------------------------------------------------

void Agent::settle(Timestamp now) {
  settled_at_ = now;
  gatherer_.progress(now);
  if (turn_clients_) {
    turn_clients_->handle_timeout(now);
    take_relay_events(now);
  }
  evaluate_gathering(now);
  current_->progress(now);
  if (previous_) previous_->progress(now);
  if (current_->is_connected()) {
    previous_.reset();
    // RFC 8445, section 8.3: what is not used is not kept.
    gatherer_.stop_keepalives();
  }
  const State state = evaluate_state(now);
  if (turn_clients_) tend_relays(now);
  if (state == state_) return;
  // Whoever waits for "connected" need not know that nothing was left to be checked.
  const bool skips_connected =
      state == State::completed && state_ != State::connected && state_ != State::disconnected;
  if (skips_connected) core_.out.event(StateChanged{State::connected});
  state_ = state;
  core_.out.event(StateChanged{state});
}

void Agent::evaluate_gathering(Timestamp now) {
  if (gathering_state_ == GatheringState::complete || !sockets_ended_) return;
  if (!gatherer_.is_done(now)) return;
  if (turn_clients_ && now < turn_clients_->awaited_until(gatherer_.has_answers())) return;
  current_->end_of_local_candidates();
  set_gathering_state(GatheringState::complete);
}

State Agent::evaluate_state(Timestamp now) const {
  if (state_ == State::closed) return State::closed;
  if (current_->is_connected()) {
    if (current_->is_doubtful(now)) return State::disconnected;
    return current_->is_completed() ? State::completed : State::connected;
  }
  if (previous_ && previous_->is_connected()) {
    return previous_->is_doubtful(now) ? State::disconnected : State::connected;
  }
  if (current_->has_failed(now)) return State::failed;
  if (current_->has_lost_path()) return State::disconnected;
  return current_->remote() && current_->has_started() ? State::checking : State::fresh;
}

void Agent::set_gathering_state(GatheringState state) {
  if (state == gathering_state_) return;
  gathering_state_ = state;
  core_.out.event(GatheringChanged{state});
}

// Outputs ---------------------------------------------------------------------------------------

Timestamp Agent::deadline() const {
  if (state_ == State::closed) return kNever;
  Timestamp earliest = std::min(current_->deadline(settled_at_), gatherer_.deadline(settled_at_));
  if (turn_clients_) earliest = std::min(earliest, relays_deadline());
  return previous_ ? std::min(earliest, previous_->deadline(settled_at_)) : earliest;
}

}  // namespace floe::ice
