// The peers that an allocation is to reach.
#pragma once

#include "floe/types/address.h"
#include "floe/types/list.h"

namespace floe::turn {

struct WantedPeers {
  /// The addresses of peers that may receive data and may send data; at most kPermissionsMax. A
  /// permission is for all ports of an address (RFC 8656, section 9).
  List<IpAddress> permissions;
  /// The peers with so much data that a channel is worth its request: the server keeps a binding
  /// for 10 minutes, used or not, and most peers of a session get no more than a few checks. At
  /// most kChannelsMax; their addresses are to be among the permissions.
  List<TransportAddress> channels;
};

}  // namespace floe::turn
