#include "floe/driver/socket_plan.h"

#include "floe/ice/local_preference.h"

namespace floe {

List<IpAddress> addresses_to_bind(const std::vector<InterfaceAddress>& addresses,
                                  const GatherOptions& options) {
  List<ice::HostAddress> accepted;
  for (const InterfaceAddress& address : addresses) {
    if (options.family && address.ip.family() != *options.family) continue;
    if (options.accepts && !options.accepts(address)) continue;
    accepted.push_back({address.ip, address.is_tunnel});
  }
  List<IpAddress> chosen;
  for (const std::size_t place : ice::order_by_preference(accepted)) {
    chosen.push_back(accepted[place].ip);
  }
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
