// Why data cannot pass between two peers, in sentences for people: as floe/ice/explanation.h, with
// what is between the agent and the application.
#pragma once

#include <string>

#include "floe/peer/connection.h"

namespace floe::peer {

/// One sentence or two. They may contain addresses, and the peer's own words.
std::string explain(const Connection& connection);

}  // namespace floe::peer
