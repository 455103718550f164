#include "floe/sim/host_interfaces.h"

#include <algorithm>
#include <utility>

namespace floe::sim {

Interface& HostInterfaces::add(Node& host, std::string name, Network& network, const Link& link,
                               std::uint32_t attachment_number) {
  interfaces_.push_back(std::make_unique<Interface>(host, std::move(name), network, link, ++count_,
                                                    attachment_number));
  return *interfaces_.back();
}

void HostInterfaces::remove(Interface& interface) {
  const auto place = std::ranges::find(interfaces_, &interface, &std::unique_ptr<Interface>::get);
  removed_.push_back(std::move(*place));
  interfaces_.erase(place);
}

template <class Predicate>
Interface* HostInterfaces::first_that(Predicate predicate) const {
  const auto place =
      std::ranges::find_if(interfaces_, [&](const auto& one) { return predicate(*one); });
  return place == interfaces_.end() ? nullptr : place->get();
}

Interface* HostInterfaces::find(std::string_view name) const {
  return first_that([&](Interface& one) { return one.name() == name; });
}

Interface* HostInterfaces::find(const Attachment& attachment) const {
  return first_that([&](Interface& one) { return &one.attachment() == &attachment; });
}

Interface* HostInterfaces::with(const IpAddress& ip) const {
  return first_that([&](Interface& one) { return one.has_address(ip); });
}

Interface* HostInterfaces::towards(const IpAddress& ip) const {
  return first_that([&](Interface& one) {
    return one.address_of(ip.family()) && one.network().next_hop(ip) != nullptr;
  });
}

std::vector<InterfaceAddress> HostInterfaces::addresses() const {
  std::vector<InterfaceAddress> list;
  for (const bool are_islands : {false, true}) {
    for (const auto& one : interfaces_) {
      if (one->network().is_island() != are_islands) continue;
      for (const IpAddress& ip : one->addresses()) list.push_back({ip, one->name()});
    }
  }
  return list;
}

}  // namespace floe::sim
