#include "allocator.h"

#include <algorithm>

#include "floe/stun/attributes/address.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/error_codes.h"

namespace floe::turn {

using Role = PendingAllocate::Role;

Allocator::Allocator(ServerHost& host, RandomSource& random, UserQuota& quota,
                     AllocationTable& table, Responder& responder, ServerCounters& counters,
                     const ServerConfig& config)
    : host_(host),
      random_(random),
      table_(table),
      responder_(responder),
      counters_(counters),
      quota_(quota) {
  for (const RelayAddress& address : config.relays) {
    auto& site = sites_[static_cast<std::size_t>(address.bound.family())];
    if (!site) site.emplace(Site{address, RelayPorts(config.ports, random_)});
  }
}

bool Allocator::is_advertised(const IpAddress& ip) const {
  return std::ranges::any_of(
      sites_, [&](const auto& site) { return site && site->address.advertised == ip; });
}

std::uint16_t Allocator::error_of(UserQuota::Refusal refusal) {
  return refusal == UserQuota::Refusal::user ? kAllocationQuotaReached : kInsufficientCapacity;
}

// Making ------------------------------------------------------------------------------------------

void Allocator::allocate(Timestamp now, const ClientPath& path, RequestContext context,
                         const AllocateRequest& asked, std::string_view user) {
  if (asked.reservation) return take_reserved(now, path, std::move(context), asked, user);
  if (!serves(asked.family)) return responder_.refuse(path, context, kAddressFamilyNotSupported);
  auto token = quota_.take(user);
  if (!token) return responder_.refuse(path, context, error_of(token.error()));
  auto pending = std::make_unique<PendingAllocate>(std::move(context), asked);
  if (asked.port == PortNeed::pair) {
    auto reserved = quota_.take(user);
    if (!reserved) {
      return responder_.refuse(path, pending->request, error_of(reserved.error()));
    }
    pending->reserved_token.emplace(std::move(*reserved));
  }
  Allocation& allocation = table_.add(path, std::move(*token));
  allocation.allocate_id = pending->request.id;
  allocation.pending = std::move(pending);
  if (!open_main(now, allocation)) return fail(now, allocation);
  if (!asked.wants_additional) return;
  // Section 7.2, step 9: where there is no second address, the first is given all the same, and
  // ADDRESS-ERROR-CODE says why.
  if (!serves(Family::ipv6)) {
    allocation.additional_error = kAddressFamilyNotSupported;
    return;
  }
  Site& site = site_of(Family::ipv6);
  const auto port = site.ports.take(now);
  if (!port) {
    allocation.additional_error = kInsufficientCapacity;
    return;
  }
  open(allocation, Role::additional_relay, site.address.bound, *port);
}

/// Opens the main relay on a fresh port, and the reserved relay, if any, on the next port.
bool Allocator::open_main(Timestamp now, Allocation& allocation) {
  const AllocateRequest& wanted = allocation.pending->wanted;
  Site& site = site_of(wanted.family);
  const auto port = wanted.port == PortNeed::any    ? site.ports.take(now)
                    : wanted.port == PortNeed::even ? site.ports.take_even(now)
                                                    : site.ports.take_pair(now);
  if (!port) return false;
  open(allocation, Role::main_relay, site.address.bound, *port);
  if (wanted.port == PortNeed::pair) {
    open(allocation, Role::reserved_relay, site.address.bound,
         static_cast<std::uint16_t>(*port + 1));
  }
  return true;
}

void Allocator::open(Allocation& allocation, Role role, const IpAddress& ip, std::uint16_t port) {
  const RelayId id = table_.name_relay(&allocation);
  allocation.pending->openings[role] = PendingAllocate::Opening{id, {ip, port}};
  host_.open_relay(id, {ip, port});
}

/// Gives up the relay for `role`, whether it is open, is being opened, or failed.
void Allocator::abandon(Timestamp now, Allocation& allocation, Role role) {
  auto& opening = allocation.pending->openings[role];
  if (!opening) return;
  host_.close_relay(opening->id);
  site_of(opening->local.ip.family()).ports.give_back(now, opening->local.port);
  table_.forget(opening->id);
  opening.reset();
}

void Allocator::on_relay_opened(Timestamp now, RelayId relay) {
  Allocation* allocation = table_.owner_of(relay);
  if (allocation == nullptr || !allocation->pending) return;
  PendingAllocate& pending = *allocation->pending;
  pending.openings[pending.role_of(relay)]->is_open = true;
  if (pending.is_settled()) settle(now, *allocation);
}

void Allocator::on_relay_failed(Timestamp now, RelayId relay, RelayFailure failure) {
  Allocation* allocation = table_.owner_of(relay);
  if (allocation == nullptr) return;
  if (!allocation->pending) {
    for (auto& made : allocation->relays) {
      if (made && made->id == relay) return release(now, *allocation, made->local.ip.family());
    }
    return;
  }
  PendingAllocate& pending = *allocation->pending;
  const Role role = pending.role_of(relay);
  const bool may_retry = failure == RelayFailure::port_in_use && --pending.tries_left > 0;
  if (role == Role::additional_relay) {
    const IpAddress ip = pending.openings[role]->local.ip;
    abandon(now, *allocation, role);
    const auto port = may_retry ? site_of(ip.family()).ports.take(now) : std::nullopt;
    if (port) return open(*allocation, role, ip, *port);
    allocation->additional_error = kInsufficientCapacity;
    if (pending.is_settled()) settle(now, *allocation);
    return;
  }
  abandon(now, *allocation, Role::main_relay);
  abandon(now, *allocation, Role::reserved_relay);
  if (!may_retry || !open_main(now, *allocation)) fail(now, *allocation);
}

void Allocator::settle(Timestamp now, Allocation& allocation) {
  const std::unique_ptr<PendingAllocate> pending = std::move(allocation.pending);
  const Duration lifetime = pending->wanted.lifetime;
  for (const Role role : {Role::main_relay, Role::additional_relay}) {
    if (const auto& opening = pending->openings[role]) {
      allocation.relay_of(opening->local.ip.family()) = establish(now, *opening, lifetime);
    }
  }
  if (const auto& opening = pending->openings[Role::reserved_relay]) {
    ReservationToken token;
    random_.fill(token.value);
    const Relay relay = establish(now, *opening, kReservationLifetime);
    table_.set_owner(relay.id, nullptr);
    reservations_.push_back({token, relay, std::move(*pending->reserved_token)});
    allocation.reserved = token;
  }
  ++counters_.allocated;
  answer_again(now, allocation, pending->request);
}

Relay Allocator::establish(Timestamp now, const PendingAllocate::Opening& opening,
                           Duration lifetime) {
  const IpAddress& ip = site_of(opening.local.ip.family()).address.advertised;
  const Relay relay{opening.id, opening.local, {ip, opening.local.port}, now + lifetime};
  table_.set_address(relay.id, relay.advertised);
  table_.set_expiry(relay.id, std::nullopt, relay.expires);
  return relay;
}

void Allocator::fail(Timestamp now, Allocation& allocation) {
  for (const Role role : {Role::main_relay, Role::reserved_relay, Role::additional_relay}) {
    abandon(now, allocation, role);
  }
  responder_.refuse(allocation.path, allocation.pending->request, kInsufficientCapacity);
  table_.remove(allocation);
}

void Allocator::take_reserved(Timestamp now, const ClientPath& path, RequestContext context,
                              const AllocateRequest& asked, std::string_view user) {
  // Section 7.2, step 5: "If the token is not valid for some reason, the server rejects the request
  // with a 508 (Insufficient Capacity) error." A token of another user is not valid.
  const auto place = std::ranges::find_if(reservations_, [&](const Reservation& entry) {
    return entry.quota.user() == user &&
           equal_in_constant_time(entry.token.value, asked.reservation->value);
  });
  if (place == reservations_.end()) {
    return responder_.refuse(path, context, kInsufficientCapacity);
  }
  Allocation& allocation = table_.add(path, std::move(place->quota));
  allocation.allocate_id = context.id;
  auto& relay = allocation.relay_of(place->relay.local.ip.family());
  relay = place->relay;
  reservations_.erase(place);
  table_.set_owner(relay->id, &allocation);
  set_lifetime(now, *relay, asked.lifetime);
  ++counters_.allocated;
  answer_again(now, allocation, context);
}

void Allocator::answer_again(Timestamp now, const Allocation& allocation,
                             const RequestContext& context) {
  responder_.answer(allocation.path, context, stun::Class::success, [&](auto& message) {
    Timestamp expires = kNever;
    for (const auto& relay : allocation.relays) {
      if (!relay) continue;
      message.add(XorRelayedAddress{relay->advertised});
      expires = std::min(expires, relay->expires);
    }
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(expires - now);
    message.add(Lifetime{static_cast<std::uint32_t>(left.count())});
    if (allocation.reserved) message.add(*allocation.reserved);
    message.add(stun::XorMappedAddress{allocation.path.client});
    if (allocation.additional_error != 0) {
      message.add(AddressErrorCode{Family::ipv6, allocation.additional_error, {}});
    }
  });
}

// Ending ------------------------------------------------------------------------------------------

void Allocator::set_lifetime(Timestamp now, Relay& relay, Duration lifetime) {
  const Timestamp before = relay.expires;
  relay.expires = now + lifetime;
  table_.set_expiry(relay.id, before, relay.expires);
}

void Allocator::close(Timestamp now, const Relay& relay) {
  host_.close_relay(relay.id);
  table_.forget_expiry(relay.id, relay.expires);
  table_.forget_address(relay.advertised);
  table_.forget(relay.id);
  site_of(relay.local.ip.family()).ports.give_back(now, relay.local.port);
}

void Allocator::release(Timestamp now, Allocation& allocation, Family family) {
  auto& relay = allocation.relay_of(family);
  if (relay) close(now, *relay);
  relay.reset();
  if (!allocation.has_relays()) table_.remove(allocation);
}

void Allocator::release_all(Timestamp now, Allocation& allocation) {
  if (allocation.pending) {
    for (const Role role : {Role::main_relay, Role::reserved_relay, Role::additional_relay}) {
      abandon(now, allocation, role);
    }
  }
  for (auto& relay : allocation.relays) {
    if (relay) close(now, *relay);
  }
  table_.remove(allocation);
}

void Allocator::expire(Timestamp now) {
  while (table_.deadline() <= now) {
    const RelayId id = table_.first_to_expire();
    if (Allocation* allocation = table_.owner_of(id)) {
      const bool is_ipv4 = allocation->relays[0] && allocation->relays[0]->id == id;
      release(now, *allocation, is_ipv4 ? Family::ipv4 : Family::ipv6);
      continue;
    }
    const auto place = std::ranges::find_if(
        reservations_, [&](const Reservation& entry) { return entry.relay.id == id; });
    close(now, place->relay);
    reservations_.erase(place);
  }
}

}  // namespace floe::turn
