// The addresses of this machine, in the order in which sockets should be bound to them.
#pragma once

#include <cstdint>
#include <vector>

#include "floe/api/network_monitor.h"
#include "ways_out.h"

namespace floe::native {

struct HostAddress {
  InterfaceAddress address;
  unsigned interface_index = 0;
  bool is_loopback = false;
};

enum class InterfaceState : std::uint8_t { up, up_or_down };

/// Those of all interfaces in that state, by getifaddrs, in no order.
std::vector<HostAddress> read_host_addresses(InterfaceState state = InterfaceState::up);

/// Best first. A machine may have dozens of bridges that lead nowhere, and only some addresses
/// become candidates: so the addresses by which the outside is reached come first (RFC 6724, as the
/// kernel decides), then the others of interfaces with a default route, then the rest. Within
/// these: in the kernel's order of interfaces, IPv6 before IPv4.
void sort_by_use(std::vector<HostAddress>& addresses, const WaysOut& ways);

}  // namespace floe::native
