// Whether it is worth sending there at all.
#pragma once

#include "floe/types/address.h"

namespace floe::ice {

/// A host could be there.
inline bool can_be_reached(const TransportAddress& address) {
  return address.port != 0 && !address.ip.is_any() && !address.ip.is_multicast();
}

/// A link-local address reaches no server that is not on the link, nor does loopback.
inline bool may_reach(const IpAddress& from, const IpAddress& to) {
  return from.family() == to.family() && from.is_link_local() == to.is_link_local() &&
         from.is_loopback() == to.is_loopback();
}

}  // namespace floe::ice
