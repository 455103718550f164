// Which of a host's addresses is tried first (RFC 8445, section 5.1.2.1; RFC 8421).
#pragma once

#include <cstdint>
#include <span>

#include "floe/types/address.h"
#include "floe/types/list.h"

namespace floe::ice {

/// How many IPv6 addresses of one host are used: privacy extensions and many prefixes make dozens,
/// and each costs a pair with each address of the peer.
inline constexpr std::size_t kIpv6AddressesMax = 5;
inline constexpr std::size_t kIpv4AddressesMax = 8;

struct HostAddress {
  IpAddress ip;
  bool is_tunnel = false;  ///< a VPN: after everything else
};

/// The places in `addresses`, best first. `addresses` is in the host's order (RFC 6724); what
/// exceeds the limits above, and what occurs twice, is left out.
///
/// RFC 8421, section 4: so that one broken family delays the other little, an IPv4 address comes
/// after every Hi addresses of IPv6, "Hi = (N_4 + N_6) / N_4".
List<std::size_t> order_by_preference(std::span<const HostAddress> addresses);

}  // namespace floe::ice
