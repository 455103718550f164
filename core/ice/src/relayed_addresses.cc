#include "relayed_addresses.h"

#include <algorithm>

namespace floe::ice {

void RelayedAddresses::assign(const turn::Allocated& allocated) {
  addresses_ = List<TransportAddress>(allocated.relayed);
  mapped_ = allocated.mapped;
}

/// RFC 8445, section 5.1.2.1, leaves the order of relayed candidates to the agent. Here UDP comes
/// before TCP before TLS; then the family in which the server is reached, since nothing has to be
/// translated; then the order in which the servers were given. The value is distinct for each
/// address.
std::uint16_t RelayedAddresses::preference_of(const TransportAddress& relayed,
                                              const TurnFiveTuple& five_tuple) const {
  constexpr unsigned kTransports = 3;
  const auto transport = kTransports - static_cast<unsigned>(five_tuple.server().transport);
  const bool is_same_family = relayed.ip.family() == five_tuple.remote().ip.family();
  return static_cast<std::uint16_t>(transport << 14 | (is_same_family ? 1u : 0u) << 13 |
                                    (0x1fffu - static_cast<unsigned>(rank_)));
}

void RelayedAddresses::announce(const TurnFiveTuple& five_tuple) const {
  const TurnServer& server = five_tuple.server();
  const LocalSocket* known = five_tuple.socket();
  LocalSocket socket = known != nullptr ? *known : LocalSocket{five_tuple.component(), {}};
  socket.base = five_tuple.local();
  for (const TransportAddress& relayed : addresses_) {
    socket.local_preference = preference_of(relayed, five_tuple);
    events_.add(RelayedAddressFound{socket, relayed, mapped_, {server.address, server.transport}});
  }
}

void RelayedAddresses::withdraw() {
  for (const TransportAddress& relayed : addresses_) events_.add(RelayedAddressLost{relayed});
  addresses_.clear();
}

bool RelayedAddresses::contains(const TransportAddress& address) const {
  return std::ranges::find(addresses_, address) != addresses_.end();
}

std::optional<TransportAddress> RelayedAddresses::of(Family family) const {
  for (const TransportAddress& relayed : addresses_) {
    if (relayed.ip.family() == family) return relayed;
  }
  return std::nullopt;
}

}  // namespace floe::ice
