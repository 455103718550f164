#include "host_addresses.h"

#include <ifaddrs.h>
#include <net/if.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "floe/native/posix_address.h"

namespace floe::native {
namespace {

std::optional<IpAddress> to_ip(const sockaddr* address) {
  if (address == nullptr) return std::nullopt;
  if (address->sa_family == AF_INET) {
    return to_ip_address(reinterpret_cast<const sockaddr_in*>(address)->sin_addr);
  }
  if (address->sa_family != AF_INET6) return std::nullopt;
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address);
  return to_ip_address(v6->sin6_addr, v6->sin6_scope_id);
}

}  // namespace

std::vector<HostAddress> read_host_addresses(InterfaceState state) {
  std::vector<HostAddress> found;
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return found;
  for (const ifaddrs* i = first; i != nullptr; i = i->ifa_next) {
    const std::optional<IpAddress> ip = to_ip(i->ifa_addr);
    if (!ip || (state == InterfaceState::up && (i->ifa_flags & IFF_UP) == 0)) continue;
    const bool is_loopback = (i->ifa_flags & IFF_LOOPBACK) != 0 || ip->is_loopback();
    // The kernel sees a VPN as a link with one other end.
    const bool is_tunnel = (i->ifa_flags & IFF_POINTOPOINT) != 0 && !is_loopback;
    found.push_back({{*ip, i->ifa_name, is_tunnel}, if_nametoindex(i->ifa_name), is_loopback});
  }
  freeifaddrs(first);
  return found;
}

void sort_by_use(std::vector<HostAddress>& addresses, const WaysOut& ways) {
  const auto has = [](const auto& list, const auto& value) {
    return std::ranges::find(list, value) != list.end();
  };
  const auto rank = [&](const HostAddress& one) {
    return std::tuple(!has(ways.sources, one.address.ip),
                      !has(ways.interfaces, one.address.interface_name), one.interface_index,
                      one.address.ip.is_ipv4());
  };
  std::ranges::stable_sort(addresses, {}, rank);
}

}  // namespace floe::native
