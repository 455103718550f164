// The route of a component's data: a local and a remote address.
#pragma once

#include "floe/types/address.h"

namespace floe::ice {

/// From the socket or the relay whose address is `local` to `remote`.
struct Route {
  TransportAddress local;
  TransportAddress remote;

  bool operator==(const Route&) const = default;
};

}  // namespace floe::ice
