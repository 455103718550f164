#include "floe/ice/agent.h"

#include <algorithm>

#include "agent_machine.h"
#include "floe/ice/limits.h"
#include "floe/stun/message.h"
#include "reach.h"

namespace floe::ice {
namespace {

AgentConfig within_limits(AgentConfig config) {
  config.components = std::clamp<ComponentId>(config.components, 1, kComponentMax);
  config.streams = std::clamp<std::uint8_t>(config.streams, 1, kStreamsMax);
  return config;
}

}  // namespace

Agent::Agent(const AgentConfig& config, RandomSource& random, Crypto& crypto,
             SharedPacer* shared_pacer)
    : machine_(
          std::make_unique<AgentMachine>(within_limits(config), random, crypto, shared_pacer)) {}

Agent::~Agent() = default;

// Gathering -------------------------------------------------------------------------------------

bool Agent::set_role(Timestamp now, Role role) {
  Generations& generations = machine_->generations;
  const bool is_known = generations.has_previous() || generations.current().remote();
  if (machine_->is_closed() || is_known) return false;
  generations.current().set_role(role);
  machine_->update(now);
  return true;
}

bool Agent::set_policy(CandidatePolicy policy) {
  const StunGatherer& gatherer = machine_->gatherer;
  const bool has_begun = !gatherer.sockets().empty() || gatherer.server_count() != 0;
  if (machine_->is_closed() || has_begun) return false;
  machine_->core.config.policy = policy;
  return true;
}

void Agent::set_payload(CheckPayload* payload) {
  machine_->core.payload = payload;
}

void Agent::start_gathering(Timestamp now) {
  if (machine_->is_closed() || gathering_state() != GatheringState::fresh) return;
  machine_->start_gathering();
  machine_->update(now);
}

AddCandidateResult Agent::add_local_socket(Timestamp now, const LocalSocket& socket) {
  AgentMachine& machine = *machine_;
  Generation& generation = machine.generations.current();
  if (machine.is_closed()) return AddCandidateResult::closed;
  if (!generation.paths().selected().knows(socket.id)) return AddCandidateResult::unknown_component;
  const bool external_is_usable = !socket.external || can_be_reached(*socket.external);
  if (!can_be_reached(socket.base) || !external_is_usable) return AddCandidateResult::unusable;
  if (machine.gatherer.has_socket(socket.base)) return AddCandidateResult::duplicate;
  return machine.add_socket(now, socket) ? AddCandidateResult::added : AddCandidateResult::limit;
}

void Agent::remove_local_socket(Timestamp now, const TransportAddress& base) {
  machine_->gatherer.remove_socket(base);
  machine_->turn_clients.remove_socket(base);
  if (machine_->is_closed()) return;
  machine_->generations.remove_base(now, base, PairFailure::socket_gone);
  machine_->update(now);
}

bool Agent::add_stun_server(Timestamp now, const TransportAddress& server) {
  const AgentCore& core = machine_->core;
  if (machine_->is_closed() || core.is_lite() || !core.shows_own_addresses()) return false;
  const bool added = machine_->gatherer.add_server(server);
  machine_->update(now);
  return added;
}

bool Agent::add_turn_server(Timestamp now, const TurnServer& server) {
  if (machine_->is_closed() || machine_->core.is_lite()) return false;
  const bool added = machine_->turn_clients.add_server(server);
  machine_->update(now);
  return added;
}

void Agent::end_of_local_sockets(Timestamp now) {
  if (machine_->is_closed() || machine_->sockets_ended) return;
  machine_->sockets_ended = true;
  machine_->update(now);
}

// The peer --------------------------------------------------------------------------------------

bool Agent::set_remote_description(Timestamp now, const SessionDescription& description) {
  if (machine_->is_closed() || !description.credentials.is_valid()) return false;
  const bool accepted = machine_->generations.current().set_remote_description(now, description);
  machine_->update(now);
  return accepted;
}

AddCandidateResult Agent::add_remote_candidate(Timestamp now, const Candidate& candidate) {
  Generation& generation = machine_->generations.current();
  if (machine_->is_closed()) return AddCandidateResult::closed;
  if (!generation.paths().selected().knows(candidate.id())) {
    return AddCandidateResult::unknown_component;
  }
  if (!can_be_reached(candidate.address)) return AddCandidateResult::unusable;
  const AddCandidateResult result = generation.candidates().add_remote_candidate(candidate);
  machine_->update(now);
  return result;
}

bool Agent::remove_remote_candidate(Timestamp now, const Candidate& candidate) {
  if (machine_->is_closed()) return false;
  const bool removed =
      machine_->generations.current().candidates().remove_remote_candidate(now, candidate);
  machine_->update(now);
  return removed;
}

void Agent::end_of_remote_candidates(Timestamp now) {
  if (machine_->is_closed()) return;
  machine_->generations.current().candidates().end_of_remote_candidates();
  machine_->update(now);
}

// Messages and time -----------------------------------------------------------------------------

void Agent::handle_datagram(Timestamp now, const TransportAddress& local,
                            const TransportAddress& remote, Bytes payload) {
  if (machine_->is_closed()) return;
  machine_->handle_datagram(now, {local, remote}, payload);
}

std::optional<StreamComponent> Agent::receive_data(Timestamp now, const Route& path,
                                                   Bytes datagram) {
  AgentMachine& machine = *machine_;
  if (machine.is_closed() || stun::looks_like_stun(datagram)) return std::nullopt;
  const auto component = machine.generations.handle_data(now, path, datagram.size());
  if (!component) return std::nullopt;
  ++machine.core.counters.data_received;
  machine.count_received(datagram.size());
  return component;
}

void Agent::handle_tcp_connected(Timestamp now, TcpConnectionId id, const TransportAddress& local) {
  if (machine_->is_closed()) return;
  machine_->turn_clients.handle_tcp_connected(now, id, local);
  machine_->update(now);
}

void Agent::handle_tcp_bytes(Timestamp now, TcpConnectionId id, Bytes bytes) {
  if (machine_->is_closed()) return;
  machine_->count_received(bytes.size());
  machine_->turn_clients.handle_tcp_bytes(now, id, bytes);
  machine_->update(now);
}

void Agent::handle_tcp_closed(Timestamp now, TcpConnectionId id, std::string_view reason) {
  if (machine_->is_closed()) return;
  machine_->turn_clients.handle_tcp_closed(now, id, reason);
  machine_->update(now);
}

void Agent::handle_timeout(Timestamp now) {
  if (!machine_->is_closed()) machine_->handle_timeout(now);
}

void Agent::restart(Timestamp now) {
  if (!machine_->is_closed()) machine_->restart(now);
}

void Agent::close(Timestamp now) {
  if (!machine_->is_closed()) machine_->close(now);
}

// Data ------------------------------------------------------------------------------------------

SendResult Agent::send(Timestamp now, StreamComponent component, Bytes payload) {
  return machine_->send_data(now, component, payload);
}

std::optional<Route> Agent::route_data(Timestamp now, StreamComponent component, std::size_t size) {
  const auto route = machine_->route_data(now, component, size);
  // A relayed datagram is counted with its headers, when it leaves.
  if (route && !is_relayed(route->local)) machine_->count_sent(size);
  return route;
}

Timestamp Agent::silence_deadline(Timestamp now, StreamComponent component) const {
  return machine_->is_closed() ? kNever : machine_->generations.silence_deadline(now, component);
}

SendResult Agent::relay_data(Timestamp now, const Route& route, Bytes payload) {
  return machine_->turn_clients.send(now, route.local, route.remote, payload);
}

void Agent::count_not_sent(SendResult why, const Route* data_route, std::size_t size) {
  machine_->count_not_sent(why, data_route, size);
}

// Outputs ---------------------------------------------------------------------------------------

std::optional<Output> Agent::poll_output() {
  return machine_->poll_output();
}

Timestamp Agent::deadline() const {
  return machine_->deadline();
}

// Questions -------------------------------------------------------------------------------------

State Agent::state() const {
  return machine_->state();
}

GatheringState Agent::gathering_state() const {
  return machine_->gathering_state();
}

Role Agent::role() const {
  return machine_->core.role();
}

const AgentConfig& Agent::config() const {
  return machine_->core.config;
}

IceOptions Agent::ice_options() const {
  return machine_->ice_options();
}

const Credentials& Agent::local_credentials() const {
  return machine_->generations.current().local();
}

std::optional<Credentials> Agent::remote_credentials() const {
  const auto& remote = machine_->generations.current().remote();
  if (!remote) return std::nullopt;
  return remote->credentials;
}

std::optional<SelectedPair> Agent::selected_pair(StreamComponent component) const {
  return machine_->generations.selected_pair(component);
}

List<Candidate> Agent::local_candidates() const {
  return machine_->generations.current().locals().usable();
}

List<Candidate> Agent::remote_candidates() const {
  return machine_->generations.current().remotes().usable();
}

const List<Candidate>& Agent::known_local_candidates() const {
  return machine_->generations.current().locals().all();
}

const List<Candidate>& Agent::known_remote_candidates() const {
  return machine_->generations.current().remotes().all();
}

std::span<const CandidatePair> Agent::pairs() const {
  return check_list().all();
}

std::optional<PairIndex> Agent::selected_pair_index(StreamComponent component) const {
  const SelectedPath* path = machine_->generations.current().paths().find(component);
  return path == nullptr ? std::nullopt : std::optional(path->pair);
}

const AgentCounters& Agent::counters() const {
  return machine_->core.counters;
}

bool Agent::is_relayed(const TransportAddress& local) const {
  return machine_->turn_clients.is_relayed(local);
}

std::optional<RelayRoute> Agent::relay_route_of(const TransportAddress& relayed) const {
  return machine_->turn_clients.route_of(relayed);
}

const CheckList& Agent::check_list() const {
  return machine_->generations.current().pairs();
}

const StunGatherer& Agent::gatherer() const {
  return machine_->gatherer;
}

const TurnClients& Agent::turn_clients() const {
  return machine_->turn_clients;
}

}  // namespace floe::ice
