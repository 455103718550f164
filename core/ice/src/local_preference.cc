#include "floe/ice/local_preference.h"

#include <algorithm>

namespace floe::ice {
namespace {

using Places = List<std::size_t>;

/// The addresses of one family and kind that are not in `known` yet, at most `max`.
Places select(std::span<const HostAddress> addresses, const Places& known, Family family,
              bool tunnels, std::size_t max) {
  Places places;
  for (std::size_t i = 0; i < addresses.size() && places.size() < max; ++i) {
    const HostAddress& address = addresses[i];
    if (address.ip.family() != family || address.is_tunnel != tunnels) continue;
    const auto is_same = [&](std::size_t other) { return addresses[other].ip == address.ip; };
    const bool is_repeated =
        std::ranges::any_of(places, is_same) || std::ranges::any_of(known, is_same);
    if (!is_repeated) places.push_back(i);
  }
  return places;
}

void append_mixed(Places& out, const Places& ipv6, const Places& ipv4) {
  const std::size_t head_start =
      ipv4.empty() ? ipv6.size() : (ipv4.size() + ipv6.size()) / ipv4.size();
  std::size_t next_ipv4 = 0;
  for (std::size_t i = 0; i < ipv6.size(); ++i) {
    out.push_back(ipv6[i]);
    const bool is_turn_of_ipv4 = (i + 1) % head_start == 0;
    if (is_turn_of_ipv4 && next_ipv4 < ipv4.size()) out.push_back(ipv4[next_ipv4++]);
  }
  while (next_ipv4 < ipv4.size()) out.push_back(ipv4[next_ipv4++]);
}

}  // namespace

List<std::size_t> order_by_preference(std::span<const HostAddress> addresses) {
  Places order;
  for (const bool tunnels : {false, true}) {
    const Places ipv6 = select(addresses, order, Family::ipv6, tunnels, kIpv6AddressesMax);
    const Places ipv4 = select(addresses, order, Family::ipv4, tunnels, kIpv4AddressesMax);
    append_mixed(order, ipv6, ipv4);
  }
  return order;
}

}  // namespace floe::ice
