// Which of a host's addresses is tried first (RFC 8445, section 5.1.2.1; RFC 8421).
#pragma once

#include <cstdint>
#include <span>

#include "floe/types/address.h"
#include "floe/types/list.h"

namespace floe::ice {

/// How many IPv6 addresses of one host are used: with privacy extensions and many prefixes a host
/// has dozens, and each forms a pair with each address of the peer.
inline constexpr std::size_t kIpv6AddressesMax = 5;
inline constexpr std::size_t kIpv4AddressesMax = 8;

struct HostAddress {
  IpAddress ip;
  bool is_tunnel = false;  ///< a VPN: ordered after all other addresses
};

/// The indices into `addresses`, best first. `addresses` is in the host's order (RFC 6724).
/// Addresses beyond the limits above and duplicates are left out.
///
/// RFC 8421, section 4: one IPv4 address follows after every Hi IPv6 addresses, "Hi = (N_4 + N_6) /
/// N_4", so that a broken family delays the other one only a little.
List<std::size_t> order_by_preference(std::span<const HostAddress> addresses);

}  // namespace floe::ice
