// The IPv6 addresses of this machine that cannot be used.
#pragma once

#include <vector>

#include "floe/types/address.h"

namespace floe::native {

/// The addresses that the kernel is still checking for duplicates, found to be duplicates, or keeps
/// only for connections that already use them (RFC 4862, sections 5.4 and 5.5.4). Binding to the
/// first two fails; candidates of the third would soon go (RFC 8445, section 5.1.1.1).
///
/// From /proc/net/if_inet6, since getifaddrs does not say. Empty where that cannot be read.
std::vector<IpAddress> unfit_ipv6_addresses();

}  // namespace floe::native
