// Joins the relays of an agent to its generations (RFC 8445, section 5.1.1.2; RFC 8656).
//
// Relayed addresses become candidates, the generations tell which peers the relays have to reach,
// and relays that no selected pair needs are released. An agent without TURN servers has no
// TurnClients, and each call does nothing then.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "generations.h"
#include "stun_gatherer.h"
#include "turn_clients.h"

namespace floe::ice {

class RelayedCandidates {
 public:
  /// The objects passed by reference must outlive this object.
  RelayedCandidates(AgentCore& core, const StunGatherer& gatherer, Generations& generations)
      : core_(core), gatherer_(gatherer), generations_(generations) {}

  /// False: kTurnServersMax, or nothing can be sent there.
  bool add_server(const TurnServer& server);
  void add_socket(const LocalSocket& socket);
  void remove_socket(const TransportAddress& base);
  void restart(Timestamp now);
  void close(Timestamp now);

  /// False: not from a relay. `payload` must stay until the events are taken.
  bool handle_datagram(Timestamp now, const Route& path, Bytes payload);
  void send(Timestamp now, const Route& route, Bytes payload);
  /// Does what is due; to be called after every input.
  void update(Timestamp now);
  /// The next datagram that a peer sent to a relayed address. Events before it are handled; `any`
  /// becomes true if there were some.
  std::optional<RelayedData> poll_data(Timestamp now, bool& any);
  /// Tells the relays what the generations need of them.
  void update_wanted(Timestamp now);

  Timestamp deadline() const { return turn_clients_ ? turn_clients_->deadline() : kNever; }
  /// From then on no more relayed candidate is worth waiting for.
  Timestamp awaited_until() const;
  bool is_relayed(const TransportAddress& local) const {
    return turn_clients_ && turn_clients_->is_relayed(local);
  }
  std::optional<RelayRoute> route_of(const TransportAddress& relayed) const;
  /// Null without TURN servers.
  TurnClients* turn_clients() { return turn_clients_.get(); }
  const TurnClients* turn_clients() const { return turn_clients_.get(); }

 private:
  void handle_event(Timestamp now, const TurnEvent& event);

  AgentCore& core_;
  const StunGatherer& gatherer_;
  Generations& generations_;
  std::unique_ptr<TurnClients> turn_clients_;
};

}  // namespace floe::ice
