#include "floe/driver/socket_plan.h"

#include <algorithm>
#include <cstdint>

#include "floe/ice/local_preference.h"

namespace floe {
namespace {

/// RFC 8445, section 5.2: a lite agent has one candidate for a component and an address family.
std::size_t addresses_max(const GatherOptions& options, ice::Implementation implementation) {
  if (options.addresses_max != 0) return options.addresses_max;
  return implementation == ice::Implementation::lite ? 1 : SIZE_MAX;
}

std::size_t count_of(Family family, const List<IpAddress>& chosen) {
  const auto is_of_family = [&](const IpAddress& ip) { return ip.family() == family; };
  return static_cast<std::size_t>(std::ranges::count_if(chosen, is_of_family));
}

}  // namespace

List<IpAddress> addresses_to_bind(const std::vector<InterfaceAddress>& addresses,
                                  const GatherOptions& options, ice::Implementation implementation,
                                  const std::optional<IpAddress>& loopback) {
  List<ice::HostAddress> accepted;
  for (const InterfaceAddress& address : addresses) {
    if (options.family && address.ip.family() != *options.family) continue;
    if (options.accepts && !options.accepts(address)) continue;
    accepted.push_back({address.ip, address.is_tunnel});
  }
  List<IpAddress> chosen;
  const std::size_t max = addresses_max(options, implementation);
  for (const std::size_t place : ice::order_by_preference(accepted)) {
    const IpAddress& ip = accepted[place].ip;
    if (count_of(ip.family(), chosen) < max) chosen.push_back(ip);
  }
  if (options.loopback && loopback) chosen.push_back(*loopback);
  return chosen;
}

const ExternalAddress* external_address_of(const IpAddress& ip, const GatherOptions& options) {
  for (const ExternalAddress& mapping : options.external_addresses) {
    const bool same_family =
        mapping.internal.family() == ip.family() && mapping.external.family() == ip.family();
    if (same_family && (mapping.internal == ip || mapping.internal.is_any())) return &mapping;
  }
  return nullptr;
}

}  // namespace floe
