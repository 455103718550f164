// The relayed addresses of one TURN client, and what the agent is told of them.
#pragma once

#include <optional>

#include "turn_events.h"
#include "turn_five_tuple.h"

namespace floe::ice {

class RelayedAddresses {
 public:
  /// `rank`: the place of the TURN client among those of its agent, from 0 for the best.
  RelayedAddresses(TurnEvents& events, std::size_t rank) : events_(events), rank_(rank) {}

  /// Takes the addresses from the server's answer; announce() then reports them.
  void assign(const turn::Allocated& allocated);
  /// Adds the event RelayedAddressFound for each address. `five_tuple` is that of the allocation.
  void announce(const TurnFiveTuple& five_tuple) const;
  /// Adds the event RelayedAddressLost for each address, and removes all addresses.
  void withdraw();
  /// Removes all addresses without an event.
  void clear() { addresses_.clear(); }

  const List<TransportAddress>& all() const { return addresses_; }
  bool contains(const TransportAddress& address) const;
  /// The relayed address from which peers of this family are reached.
  std::optional<TransportAddress> of(Family family) const;

 private:
  std::uint16_t preference_of(const TransportAddress& relayed,
                              const TurnFiveTuple& five_tuple) const;

  TurnEvents& events_;
  std::size_t rank_;
  List<TransportAddress> addresses_;  ///< one, or one of each family
  std::optional<TransportAddress> mapped_;
};

}  // namespace floe::ice
