#include "floe/sim/network.h"

#include <algorithm>
#include <cassert>

namespace floe::sim {

void Network::add_address(const IpAddress& ip, Attachment& attachment) {
  const bool is_free = addresses_.insert(AddressKey::of(ip), &attachment) == &attachment;
  assert(is_free);
  (void)is_free;
}

void Network::add_route(const Prefix& prefix, Attachment& gateway) {
  const auto place = std::ranges::find_if(
      routes_, [&](const Route& route) { return route.prefix.length() < prefix.length(); });
  routes_.insert(place, {prefix, &gateway});
}

Attachment* Network::next_hop(const IpAddress& ip) const {
  if (Attachment* const* here = addresses_.find(AddressKey::of(ip))) return *here;
  if (ip.is_link_local()) return nullptr;
  const auto route =
      std::ranges::find_if(routes_, [&](const Route& known) { return known.prefix.contains(ip); });
  if (route == routes_.end()) return nullptr;
  const bool stays_here = std::ranges::any_of(prefixes_, [&](const Prefix& own) {
    return own.contains(ip) && own.length() >= route->prefix.length();
  });
  return stays_here ? nullptr : route->gateway;
}

}  // namespace floe::sim
