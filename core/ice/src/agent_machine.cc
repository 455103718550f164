#include "agent_machine.h"

#include <algorithm>

#include "connectivity_check.h"
#include "floe/ice/limits.h"
#include "floe/stun/demultiplex.h"
#include "floe/stun/message.h"
#include "relayed_candidates.h"

namespace floe::ice {

AgentMachine::AgentMachine(const AgentConfig& config, RandomSource& random, Crypto& crypto,
                           SharedPacer* shared_pacer)
    : core(random, crypto, config, shared_pacer),
      gatherer(core),
      generations(core),
      turn_clients(core, gatherer.sockets()) {}

// Messages --------------------------------------------------------------------------------------

void AgentMachine::handle_datagram(Timestamp now, const Route& path, Bytes payload) {
  count_received(payload.size());
  if (turn_clients.handle_datagram(now, path.local, path.remote, payload)) {
    if (handle_relay_events(now) || stun::looks_like_stun(payload)) update(now);
    return;
  }
  if (!stun::looks_like_stun(payload)) return handle_data(now, path, payload);
  handle_stun(now, path, payload);
  update(now);
}

/// A datagram that came through a relay is handled as if it had come to a socket. False: there was
/// only data, after which nothing has to be updated.
bool AgentMachine::handle_relay_events(Timestamp now) {
  if (!turn_clients.has_events()) return false;
  bool changes_something = false;
  RelayedCandidates relayed(core, turn_clients, generations);
  while (const auto data = relayed.poll_data(now, changes_something)) {
    const Route path{data->relayed, data->peer};
    if (stun::looks_like_stun(data->payload)) {
      handle_stun(now, path, data->payload);
      changes_something = true;
    } else {
      handle_data(now, path, data->payload);
    }
  }
  return changes_something;
}

void AgentMachine::handle_data(Timestamp now, const Route& path, Bytes payload) {
  const auto component = generations.handle_data(now, path, payload.size());
  if (!component) {
    ++core.counters.data_from_strangers;
    return;
  }
  ++core.counters.data_received;
  core.out.event(DataReceived{component->component, payload, component->stream, now});
}

void AgentMachine::handle_stun(Timestamp now, const Route& path, Bytes message) {
  const auto view = stun::MessageView::parse(message);
  if (!view) {
    ++core.counters.malformed_messages;
    return;
  }
  if (view->method() != stun::Method::binding) {
    ++core.counters.unexpected_messages;
    return;
  }
  if (view->is_request()) return handle_request(now, path, *view);
  if (view->is_response()) return handle_response(now, path, *view);
  // RFC 8445, section 11: a Binding indication keeps a path open.
  if (!generations.handle_keepalive(now, path)) ++core.counters.unexpected_messages;
}

void AgentMachine::handle_response(Timestamp now, const Route& path,
                                   const stun::MessageView& response) {
  bool is_of_a_server = false;
  const auto discovery =
      gatherer.handle_response(now, path.local, path.remote, response, is_of_a_server);
  if (discovery) generations.current().candidates().add_server_reflexive(*discovery);
  if (is_of_a_server || generations.handle_response(now, path, response)) return;
  ++core.counters.unexpected_messages;
}

void AgentMachine::handle_request(Timestamp now, const Route& path,
                                  const stun::MessageView& request) {
  const auto ufrag = receiver_ufrag_of(request);
  Generation* generation = ufrag ? generations.find(*ufrag) : nullptr;
  // A socket whose address is hidden from the peer must not answer the peer's checks either.
  if (!core.shows_own_addresses() && !turn_clients.is_relayed(path.local)) generation = nullptr;
  if (generation == nullptr) {
    ++core.counters.unauthenticated_messages;
    return;
  }
  generation->handle_request(now, path, request);
}

std::optional<Route> AgentMachine::route_data(Timestamp now, StreamComponent component,
                                              std::size_t size) {
  if (is_closed()) return std::nullopt;
  const auto route = generations.route_data(now, component, size);
  if (route) ++core.counters.data_sent;
  return route;
}

SendResult AgentMachine::send_data(Timestamp now, StreamComponent component, Bytes payload) {
  const auto route = route_data(now, component, payload.size());
  if (!route) return SendResult::no_path;
  if (!turn_clients.is_relayed(route->local)) {
    core.out.transmit_view(route->local, route->remote, payload);
    return SendResult::sent;
  }
  const SendResult result = turn_clients.send(now, route->local, route->remote, payload);
  if (!result) count_not_sent(result, &*route, payload.size());
  return result;
}

void AgentMachine::count_not_sent(SendResult why, const Route* data_route, std::size_t size) {
  core.counters.not_sent.add(why);
  if (data_route == nullptr) return;
  --core.counters.data_sent;
  generations.take_back_data(*data_route, size);
}

// States ----------------------------------------------------------------------------------------

void AgentMachine::handle_timeout(Timestamp now) {
  generations.handle_timeout(now);
  update(now);
}

void AgentMachine::start_gathering() {
  if (gathering_state_ == GatheringState::fresh) set_gathering_state(GatheringState::gathering);
}

bool AgentMachine::add_socket(Timestamp now, const LocalSocket& socket) {
  const bool has_room =
      !core.shows_own_addresses() || generations.current().candidates().add_local_socket(socket);
  if (!has_room) ++core.counters.candidates_refused;
  // Candidates that are gone keep their places until a restart, which finds room for the socket.
  if (!has_room && gatherer.sockets().size() >= kLocalCandidatesMax) return false;
  gatherer.add_socket(socket);
  turn_clients.add_socket(socket);
  if (gathering_state_ == GatheringState::complete)
    core.out.event(LateSocketAdded{socket.base, now});
  update(now);
  return has_room;
}

void AgentMachine::restart(Timestamp now) {
  generations.restart(core);
  if (gathering_state_ != GatheringState::fresh) set_gathering_state(GatheringState::gathering);
  gatherer.restart();
  if (core.shows_own_addresses()) {
    CandidateExchange candidates = generations.current().candidates();
    for (const LocalSocket& socket : gatherer.sockets()) candidates.add_local_socket(socket);
  }
  turn_clients.restart(now);
  update(now);
}

void AgentMachine::close(Timestamp now) {
  updated_at_ = now;
  turn_clients.close(now);
  generations.drop_previous();
  set_state(State::closed);
}

void AgentMachine::update(Timestamp now) {
  updated_at_ = now;
  gatherer.update(now);
  turn_clients.handle_timeout(now);
  handle_relay_events(now);
  update_gathering(now);
  generations.update(now);
  // RFC 8445, section 8.3: candidates that are not used are released.
  if (generations.current().is_connected()) gatherer.stop_keepalives();
  const State state = is_closed() ? State::closed : generations.state(now);
  if (turn_clients.server_count() > 0) {
    RelayedCandidates(core, turn_clients, generations).update_wanted(now);
    handle_relay_events(now);
  }
  if (state == state_) return;
  // "connected" is reported before "completed", so that an application may wait for it alone.
  const bool skips_connected =
      state == State::completed && state_ != State::connected && state_ != State::disconnected;
  if (skips_connected) set_state(State::connected);
  set_state(state);
}

void AgentMachine::set_state(State state) {
  state_ = state;
  core.out.event(StateChanged{state, updated_at_});
}

Timestamp AgentMachine::relays_awaited_until() const {
  return turn_clients.awaited_until(gatherer.has_answers());
}

void AgentMachine::update_gathering(Timestamp now) {
  if (gathering_state_ == GatheringState::complete || !sockets_ended) return;
  // A host without a network has nothing to say yet. After the end of candidates it could signal
  // none of those that come with a network (RFC 8838, section 13).
  if (gatherer.sockets().empty() && generations.current().locals().all().empty()) return;
  if (!gatherer.is_done(now) || now < relays_awaited_until()) return;
  generations.current().end_of_local_candidates();
  set_gathering_state(GatheringState::complete);
}

void AgentMachine::set_gathering_state(GatheringState state) {
  if (state == gathering_state_) return;
  gathering_state_ = state;
  core.out.event(GatheringChanged{state});
}

/// Section "SDP Offer/Answer Procedures" of SPED: only if the offer has "sped", "an answerer that
/// supports SPED and wishes to use it MUST include sped in its answer".
IceOptions AgentMachine::ice_options() const {
  const auto& remote = generations.current().remote();
  IceOptions options = ice_options_of(core.config);
  options.sped = core.payload != nullptr && (!remote || remote->options.sped);
  return options;
}

// Outputs ---------------------------------------------------------------------------------------

std::optional<Output> AgentMachine::poll_output() {
  // One object in all: an output is large, and this is called for each datagram.
  std::optional<Output> output = core.out.poll();
  while (output && goes_by_relay(*output)) output = core.out.poll();
  if (output) count_sent(*output);
  return output;
}

/// The TURN client wraps the datagram for its server and puts the result into the queue.
bool AgentMachine::goes_by_relay(const Output& output) {
  const auto* transmit = std::get_if<Transmit>(&output);
  if (transmit == nullptr || !turn_clients.is_relayed(transmit->local)) return false;
  core.counters.not_sent.add(
      turn_clients.send(updated_at_, transmit->local, transmit->remote, transmit->payload));
  return true;
}

void AgentMachine::count_sent(const Output& output) {
  if (const auto* transmit = std::get_if<Transmit>(&output)) {
    count_sent(transmit->payload.size());
  } else if (const auto* message = std::get_if<TcpTransmit>(&output)) {
    count_sent(message->payload.size());
  }
}

void AgentMachine::count_received(std::size_t size) {
  ++core.counters.datagrams_received;
  core.counters.bytes_received += size;
}

void AgentMachine::count_sent(std::size_t size) {
  ++core.counters.datagrams_sent;
  core.counters.bytes_sent += size;
}

Timestamp AgentMachine::deadline() const {
  if (is_closed()) return kNever;
  Timestamp earliest = std::min(
      {generations.deadline(updated_at_), gatherer.deadline(updated_at_), turn_clients.deadline()});
  if (gathering_state_ == GatheringState::complete || !sockets_ended) return earliest;
  const Timestamp awaited = relays_awaited_until();
  return awaited > updated_at_ ? std::min(earliest, awaited) : earliest;
}

}  // namespace floe::ice
