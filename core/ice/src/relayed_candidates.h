// Joins the TURN clients of an agent to its generations (RFC 8445, section 5.1.1.2; RFC 8656).
//
// Relayed addresses become candidates, the generations tell which peers the relays have to reach,
// and relays that no selected pair needs are released.
#pragma once

#include <optional>

#include "generations.h"
#include "turn_clients.h"

namespace floe::ice {

class RelayedCandidates {
 public:
  /// A view of the objects passed by reference, made when it is needed.
  RelayedCandidates(AgentCore& core, TurnClients& turn_clients, Generations& generations)
      : core_(core), turn_clients_(turn_clients), generations_(generations) {}

  /// The next datagram that a peer sent to a relayed address. Events before it are handled; `any`
  /// becomes true if there were such events.
  std::optional<RelayedData> poll_data(Timestamp now, bool& any);
  /// Tells the relays what the generations need of them.
  void update_wanted(Timestamp now);

 private:
  void handle_event(Timestamp now, const TurnEvent& event);

  AgentCore& core_;
  TurnClients& turn_clients_;
  Generations& generations_;
};

}  // namespace floe::ice
