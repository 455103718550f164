// Names a relay, the socket that stands for one client towards its peers, between a server and its
// host. Small and dense, so that a host can keep its sockets in a vector; used again after the
// relay was closed.
#pragma once

#include "floe/types/strong_id.h"

namespace floe::turn {

using RelayId = StrongId<struct RelayTag>;

}  // namespace floe::turn
