#include "floe/ice/agent.h"

#include <algorithm>

namespace floe::ice {
namespace {

bool is_usable(const SocketAddress& address) {
  return address.port != 0 && !address.ip.is_any() && !address.ip.is_multicast();
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
            std::clamp<Component>(config.components, 1, kComponentMax),
            config.nomination_patience,
            Pacer(config.pacing, shared_pacer),
            config.role,
            random.next_u64()} {
  current_ = std::make_unique<Generation>(core_, Credentials::generate(random));
}

// Inputs ----------------------------------------------------------------------------------------

void Agent::start_gathering(Timestamp now) {
  if (state_ == State::closed || gathering_state_ != GatheringState::fresh) return;
  set_gathering_state(GatheringState::gathering);
  settle(now);
}

AddCandidateResult Agent::add_local_socket(Timestamp now, Component component,
                                           const SocketAddress& base,
                                           std::uint16_t local_preference) {
  if (state_ == State::closed) return AddCandidateResult::closed;
  if (component == 0 || component > core_.components) return AddCandidateResult::unknown_component;
  if (!is_usable(base)) return AddCandidateResult::unusable;
  const bool known =
      std::ranges::any_of(sockets_, [&](const LocalSocket& socket) { return socket.base == base; });
  if (known) return AddCandidateResult::duplicate;
  if (!current_->add_local_socket(component, base, local_preference)) {
    ++core_.counters.candidates_refused;
    return AddCandidateResult::limit;
  }
  sockets_.push_back({component, base, local_preference});
  settle(now);
  return AddCandidateResult::added;
}

void Agent::remove_local_socket(Timestamp now, const SocketAddress& base) {
  std::erase_if(sockets_, [&](const LocalSocket& socket) { return socket.base == base; });
  if (state_ == State::closed) return;
  current_->remove_local_socket(base);
  if (previous_) previous_->remove_local_socket(base);
  settle(now);
}

void Agent::end_of_local_sockets(Timestamp now) {
  if (state_ == State::closed || sockets_ended_) return;
  sockets_ended_ = true;
  current_->end_of_local_candidates();
  set_gathering_state(GatheringState::complete);
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
  if (candidate.component == 0 || candidate.component > core_.components) {
    return AddCandidateResult::unknown_component;
  }
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

void Agent::end_of_remote_candidates(Timestamp now) {
  if (state_ == State::closed) return;
  current_->end_of_remote_candidates();
  settle(now);
}

void Agent::handle_datagram(Timestamp now, const SocketAddress& local, const SocketAddress& remote,
                            Bytes payload) {
  if (state_ == State::closed) return;
  ++core_.counters.datagrams_received;
  core_.counters.bytes_received += payload.size();
  if (!stun::looks_like_stun(payload)) return handle_data(local, remote, payload);
  handle_stun(now, local, remote, payload);
  settle(now);
}

void Agent::handle_data(const SocketAddress& local, const SocketAddress& remote, Bytes payload) {
  auto component = current_->component_of(local, remote);
  if (!component && previous_) component = previous_->component_of(local, remote);
  if (!component) {
    ++core_.counters.data_from_strangers;
    return;
  }
  ++core_.counters.data_received;
  core_.out.event(DataReceived{*component, payload});
}

void Agent::handle_stun(Timestamp now, const SocketAddress& local, const SocketAddress& remote,
                        Bytes payload) {
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
  const bool expected = message->is_response() &&
                        (current_->handle_response(now, local, remote, *message) ||
                         (previous_ && previous_->handle_response(now, local, remote, *message)));
  if (!expected) ++core_.counters.unexpected_messages;
}

void Agent::handle_request(Timestamp now, const SocketAddress& local, const SocketAddress& remote,
                           const stun::MessageView& request) {
  const auto ufrag = receiver_ufrag_of(request);
  Generation* generation = ufrag ? generation_of(*ufrag) : nullptr;
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

void Agent::handle_deadline(Timestamp now) {
  if (state_ == State::closed) return;
  current_->handle_deadline(now);
  if (previous_) previous_->handle_deadline(now);
  settle(now);
}

bool Agent::send(Timestamp, Component component, Bytes payload) {
  const auto route = route_of(component);
  if (!route) return false;
  ++core_.counters.data_sent;
  core_.out.transmit_view(route->local, route->remote, payload);
  return true;
}

std::optional<Route> Agent::route_data(Component component, std::size_t size) {
  const auto route = route_of(component);
  if (!route) return std::nullopt;
  ++core_.counters.data_sent;
  count_sent(size);
  return route;
}

std::optional<Route> Agent::route_of(Component component) const {
  if (state_ == State::closed) return std::nullopt;
  const auto route = current_->route(component);
  return !route && previous_ ? previous_->route(component) : route;
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
  for (const LocalSocket& socket : sockets_) {
    current_->add_local_socket(socket.component, socket.base, socket.local_preference);
  }
  if (sockets_ended_) {
    current_->end_of_local_candidates();
    set_gathering_state(GatheringState::complete);
  }
  settle(now);
}

void Agent::close(Timestamp) {
  if (state_ == State::closed) return;
  previous_.reset();
  state_ = State::closed;
  core_.out.event(StateChanged{state_});
}

// What follows from every input -------------------------------------------------------------------

void Agent::settle(Timestamp now) {
  settled_at_ = now;
  current_->progress(now);
  if (previous_) previous_->progress(now);
  if (current_->is_connected()) previous_.reset();
  const State state = evaluate_state(now);
  if (state == state_) return;
  // Whoever waits for "connected" need not know that nothing was left to be checked.
  const bool skips_connected =
      state == State::completed && state_ != State::connected && state_ != State::disconnected;
  if (skips_connected) core_.out.event(StateChanged{State::connected});
  state_ = state;
  core_.out.event(StateChanged{state});
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
  return current_->remote() && current_->has_started() ? State::checking : State::fresh;
}

void Agent::set_gathering_state(GatheringState state) {
  if (state == gathering_state_) return;
  gathering_state_ = state;
  core_.out.event(GatheringChanged{state});
}

// Outputs and questions
// -----------------------------------------------------------------------------

std::optional<Output> Agent::poll_output() {
  auto output = core_.out.poll();
  if (output) {
    if (const auto* transmit = std::get_if<Transmit>(&*output))
      count_sent(transmit->payload.size());
  }
  return output;
}

Timestamp Agent::deadline() const {
  if (state_ == State::closed) return kNever;
  const Timestamp current = current_->deadline(settled_at_);
  return previous_ ? std::min(current, previous_->deadline(settled_at_)) : current;
}

std::optional<Credentials> Agent::remote_credentials() const {
  if (!current_->remote()) return std::nullopt;
  return current_->remote()->credentials;
}

std::optional<SelectedPair> Agent::selected_pair(Component component) const {
  const auto pair = current_->selected_pair(component);
  return !pair && previous_ ? previous_->selected_pair(component) : pair;
}

std::vector<Candidate> Agent::local_candidates() const {
  return current_->local_candidates().all();
}

std::vector<Candidate> Agent::remote_candidates() const {
  return current_->remote_candidates().all();
}

}  // namespace floe::ice
