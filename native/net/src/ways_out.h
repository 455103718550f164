// What the routing tables say about the way to hosts outside of this machine's own networks.
#pragma once

#include <string>
#include <vector>

#include "floe/types/address.h"

namespace floe::native {

struct WaysOut {
  /// The address that the kernel gives to a socket that connects to a host far away (RFC 6724,
  /// section 5), one for each family that has a route there.
  std::vector<IpAddress> sources;
  /// The names of the interfaces that have a default route, in the order of the table.
  std::vector<std::string> interfaces;
};

/// Asks the kernel; nothing is sent. The interfaces are those of the main tables in /proc/net:
/// where that cannot be read, or where other tables decide, `sources` alone tells.
WaysOut ways_out();

}  // namespace floe::native
