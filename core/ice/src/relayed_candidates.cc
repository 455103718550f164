#include "relayed_candidates.h"

namespace floe::ice {

std::optional<RelayedData> RelayedCandidates::poll_data(Timestamp now, bool& any) {
  while (const auto event = turn_clients_.poll_event()) {
    if (const auto* data = std::get_if<RelayedData>(&*event)) return *data;
    handle_event(now, *event);
    any = true;
  }
  return std::nullopt;
}

void RelayedCandidates::handle_event(Timestamp now, const TurnEvent& event) {
  if (const auto* relayed = std::get_if<RelayedAddressFound>(&event)) {
    CandidateExchange candidates = generations_.current().candidates();
    // RFC 8445, section 5.1.1.2: "A successful Allocate response will provide the agent with a
    // server-reflexive candidate (obtained from the mapped address) and a relayed candidate".
    const bool tells_mapping = relayed->mapped && core_.shows_own_addresses() &&
                               relayed->route.transport == turn::Transport::udp;
    if (tells_mapping) {
      candidates.add_server_reflexive(
          {relayed->socket, *relayed->mapped, relayed->route.server.ip});
    }
    candidates.add_relayed(*relayed, !core_.shows_own_addresses());
  } else if (const auto* gone = std::get_if<RelayedAddressLost>(&event)) {
    generations_.remove_base(now, gone->relayed, PairFailure::relay_gone);
  } else if (const auto* refused = std::get_if<RelayedPeerRefused>(&event)) {
    generations_.refuse_relayed_peer(now, *refused);
  }
}

/// RFC 8445, section 8.3: once ICE is done, relays that no selected pair goes through are released,
/// after three seconds in which the peer's late checks may still be answered.
void RelayedCandidates::update_wanted(Timestamp now) {
  turn_clients_.set_wanted(now, [this](const TransportAddress& relayed, turn::WantedPeers& wanted) {
    generations_.add_wanted(relayed, wanted);
  });
  turn_clients_.release_unused(now, generations_.is_completed(),
                               [this](const TransportAddress& relayed) {
                                 return generations_.current().relay_demand().may_use(relayed);
                               });
}

}  // namespace floe::ice
