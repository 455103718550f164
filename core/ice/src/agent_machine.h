// The inside of an Agent: its parts, and the consequences of each input.
//
//   StunGatherer, TurnClients ──candidates──▶ Generations ──checks, data──▶ AgentCore::out
//
// Agent's inputs change the parts, which are public for it, and then call update(). The machine
// passes each incoming message to the part that it belongs to, and derives the agent's states from
// the states of the parts.
#pragma once

#include <optional>

#include "agent_core.h"
#include "floe/ice/agent_config.h"
#include "floe/ice/output.h"
#include "generations.h"
#include "stun_gatherer.h"
#include "turn_clients.h"

namespace floe::ice {

class AgentMachine {
 public:
  AgentMachine(const AgentConfig& config, RandomSource& random, Crypto& crypto,
               SharedPacer* shared_pacer);

  bool is_closed() const { return state_ == State::closed; }
  State state() const { return state_; }
  GatheringState gathering_state() const { return gathering_state_; }
  IceOptions ice_options() const;

  void handle_datagram(Timestamp now, const Route& path, Bytes payload);
  void handle_timeout(Timestamp now);
  /// The route for a datagram of the application, which is counted as data.
  std::optional<Route> route_data(Timestamp now, StreamComponent component, std::size_t size);
  SendResult send_data(Timestamp now, StreamComponent component, Bytes payload);
  void count_not_sent(SendResult why, const Route* data_route, std::size_t size);
  void start_gathering();
  /// False: it has to wait for a restart, or there are kLocalCandidatesMax.
  bool add_socket(Timestamp now, const LocalSocket& socket);
  void restart(Timestamp now);
  void close(Timestamp now);
  /// To be called after every input: sends what is due and reports changes of the states.
  void update(Timestamp now);

  std::optional<Output> poll_output();
  void count_received(std::size_t size);
  void count_sent(std::size_t size);
  Timestamp deadline() const;

  AgentCore core;
  StunGatherer gatherer;
  Generations generations;
  TurnClients turn_clients;
  bool sockets_ended = false;

 private:
  void handle_stun(Timestamp now, const Route& path, Bytes message);
  void handle_request(Timestamp now, const Route& path, const stun::MessageView& request);
  void handle_response(Timestamp now, const Route& path, const stun::MessageView& response);
  void handle_data(Timestamp now, const Route& path, Bytes payload);
  bool handle_relay_events(Timestamp now);
  bool goes_by_relay(const Output& output);
  void count_sent(const Output& output);
  /// The time until which gathering waits for relayed candidates.
  Timestamp relays_awaited_until() const;
  void update_gathering(Timestamp now);
  void set_gathering_state(GatheringState state);
  void set_state(State state);

  State state_ = State::fresh;
  GatheringState gathering_state_ = GatheringState::fresh;
  Timestamp updated_at_{};
};

}  // namespace floe::ice
