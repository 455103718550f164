#include "allocation_table.h"

#include "pending_allocate.h"

namespace floe::turn {

Allocation::Allocation(const ClientPath& client_path, UserQuota::Token user_token)
    : path(client_path), token(std::move(user_token)) {}

Allocation::~Allocation() = default;

AllocationTable::AllocationTable(std::uint64_t hash_key)
    : by_path_(0, AddressHash(hash_key)), by_address_(0, AddressHash(hash_key)) {}

Allocation* AllocationTable::find(const ClientPath& path) {
  const auto entry = by_path_.find(path);
  return entry == by_path_.end() ? nullptr : entry->second.get();
}

Allocation& AllocationTable::add(const ClientPath& path, UserQuota::Token token) {
  auto allocation = std::make_unique<Allocation>(path, std::move(token));
  return *by_path_.emplace(path, std::move(allocation)).first->second;
}

void AllocationTable::remove(Allocation& allocation) {
  by_path_.erase(ClientPath(allocation.path));
}

RelayId AllocationTable::name_relay(Allocation* owner) {
  if (unused_.empty()) {
    owners_.push_back(owner);
    return RelayId{static_cast<std::uint32_t>(owners_.size() - 1)};
  }
  const RelayId relay = unused_.back();
  unused_.pop_back();
  set_owner(relay, owner);
  return relay;
}

void AllocationTable::set_owner(RelayId relay, Allocation* owner) {
  owners_[relay.value()] = owner;
}

Allocation* AllocationTable::owner_of(RelayId relay) {
  return relay.value() < owners_.size() ? owners_[relay.value()] : nullptr;
}

void AllocationTable::forget(RelayId relay) {
  owners_[relay.value()] = nullptr;
  unused_.push_back(relay);
}

void AllocationTable::set_address(RelayId relay, const TransportAddress& advertised) {
  by_address_.insert_or_assign(advertised, relay);
}

void AllocationTable::forget_address(const TransportAddress& advertised) {
  by_address_.erase(advertised);
}

std::optional<RelayId> AllocationTable::relay_at(const TransportAddress& advertised) const {
  const auto entry = by_address_.find(advertised);
  if (entry == by_address_.end()) return std::nullopt;
  return entry->second;
}

void AllocationTable::set_expiry(RelayId relay, std::optional<Timestamp> before, Timestamp after) {
  if (before) expiries_.erase({*before, relay});
  expiries_.emplace(after, relay);
}

}  // namespace floe::turn
