#include "advertised_addresses.h"

#include <algorithm>

namespace floe::gateway {

AdvertisedAddresses::AdvertisedAddresses(const std::vector<IpAddress>& bound,
                                         const std::vector<IpAddress>& external)
    : bound_(bound) {
  for (const IpAddress& ip : bound) {
    const auto outside = std::ranges::find(external, ip.family(), &IpAddress::family);
    list_.push_back({outside == external.end() ? ip : *outside, "gateway"});
  }
}

std::optional<IpAddress> AdvertisedAddresses::bound(const IpAddress& advertised) const {
  const auto place = std::ranges::find(list_, advertised, &InterfaceAddress::ip);
  if (place == list_.end()) return std::nullopt;
  return bound_[static_cast<std::size_t>(place - list_.begin())];
}

IpAddress AdvertisedAddresses::told(const IpAddress& local) const {
  const auto own = std::ranges::find(bound_, local);
  if (own != bound_.end()) return list_[static_cast<std::size_t>(own - bound_.begin())].ip;
  const auto of_family = std::ranges::find(
      list_, local.family(), [](const InterfaceAddress& one) { return one.ip.family(); });
  return of_family == list_.end() ? IpAddress::any(local.family()) : of_family->ip;
}

}  // namespace floe::gateway
