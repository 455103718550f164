// The network that an address is in, as limits of strangers count it.
#pragma once

#include "floe/types/address.h"

namespace floe {

/// The block that one customer of a network is likely to have, as its first address: /24 of IPv4,
/// /48 of IPv6.
IpAddress neighbourhood_of(const IpAddress& ip);

}  // namespace floe
