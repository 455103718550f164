// Whether a server can be reached from an address of this host.
#pragma once

#include "floe/types/address.h"

namespace floe::ice {

/// A link-local address reaches no server that is not on the link, nor does loopback.
inline bool may_reach(const IpAddress& from, const IpAddress& to) {
  return from.family() == to.family() && from.is_link_local() == to.is_link_local() &&
         from.is_loopback() == to.is_loopback();
}

}  // namespace floe::ice
