// The IPv6 addresses of this machine that must not become candidates.
#pragma once

#include <vector>

#include "floe/types/address.h"

namespace floe::native {

/// An address as /proc/net/if_inet6 has it, since getifaddrs does not say.
struct Ipv6State {
  IpAddress ip;
  unsigned interface_index = 0;
  unsigned prefix_length = 0;
  unsigned flags = 0;  ///< IFA_F_… of <linux/if_addr.h>
};

/// Empty where the kernel's list cannot be read.
std::vector<Ipv6State> read_ipv6_states();

/// The addresses of the list that are unfit.
///
/// First, those that the kernel is still checking for duplicates, found to be duplicates, or keeps
/// only for connections that already use them (RFC 4862, sections 5.4 and 5.5.4). Binding to the
/// first two fails; candidates of the third would soon go (RFC 8445, section 5.1.1.1).
///
/// Second, those by which a host can be followed, while the same interface has a temporary address
/// of the same prefix: the same section says that they "MUST NOT be gathered". An address that an
/// administrator set is such an address only if it is made of the hardware address.
std::vector<IpAddress> unfit_ipv6_addresses(const std::vector<Ipv6State>& states);

}  // namespace floe::native
