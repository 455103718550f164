// Names a relay between a server and its host. A relay is the socket that stands for one client
// towards its peers. The numbers are small and dense, so that a host can keep its sockets in a
// vector; a number is used again after its relay was closed.
#pragma once

#include "floe/types/strong_id.h"

namespace floe::turn {

using RelayId = StrongId<struct RelayTag>;

}  // namespace floe::turn
