// The allocations of a server: found by the five-tuple of a client, by the relay that a peer sent
// to, by the address of a relay, and by the time at which a relay expires. The first three lookups
// take constant time, since each datagram needs one.
#pragma once

#include <memory>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "allocation.h"
#include "floe/turn_server/address_hash.h"

namespace floe::turn {

class AllocationTable {
 public:
  explicit AllocationTable(std::uint64_t hash_key);

  Allocation* find(const ClientPath& path);
  /// There must be no allocation with this path.
  Allocation& add(const ClientPath& path, UserQuota::Token token);
  /// The allocation must have no relays any more.
  void remove(Allocation& allocation);
  std::size_t size() const { return by_path_.size(); }

  /// A new id for a relay. Its owner may be null and may change: a reserved relay has no owner.
  RelayId name_relay(Allocation* owner);
  void set_owner(RelayId relay, Allocation* owner);
  Allocation* owner_of(RelayId relay);
  void forget(RelayId relay);

  /// From now on `advertised` is the address of that relay, until forget_address().
  void set_address(RelayId relay, const TransportAddress& advertised);
  void forget_address(const TransportAddress& advertised);
  std::optional<RelayId> relay_at(const TransportAddress& advertised) const;

  void set_expiry(RelayId relay, std::optional<Timestamp> before, Timestamp after);
  void forget_expiry(RelayId relay, Timestamp when) { expiries_.erase({when, relay}); }
  /// The next relay to expire.
  Timestamp deadline() const { return expiries_.empty() ? kNever : expiries_.begin()->first; }
  RelayId first_to_expire() const { return expiries_.begin()->second; }

 private:
  std::unordered_map<ClientPath, std::unique_ptr<Allocation>, AddressHash> by_path_;
  std::unordered_map<TransportAddress, RelayId, AddressHash> by_address_;
  std::vector<Allocation*> owners_;  // by relay
  std::vector<RelayId> unused_;
  std::set<std::pair<Timestamp, RelayId>> expiries_;
};

}  // namespace floe::turn
