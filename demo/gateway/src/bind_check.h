// Whether this machine has the addresses that clients' sockets are to be bound to.
#pragma once

#include <string>
#include <vector>

#include "floe/native/udp_sockets.h"

namespace floe::gateway {

/// Binds a socket to each of `addresses` and lets it go. Returns what is wrong; empty: nothing.
/// Else every client would hear that its socket cannot be, and the operator nothing.
std::string refuse_to_bind(native::UdpSocketSource& udp, const std::vector<IpAddress>& addresses);

}  // namespace floe::gateway
