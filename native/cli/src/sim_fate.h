// Why a simulated datagram was lost, in the words of the two ends.
#pragma once

#include <string>
#include <string_view>

#include "floe/sim/fate.h"
#include "sim_event.h"

namespace floe::cli {

/// "filtered by the right NAT"; empty when it was delivered. `place` is PacketWatcher's: a box of
/// site 1, which is the left end's, or of site 2, a host, or a server.
std::string why_lost(sim::Fate fate, std::string_view place);
/// Whether `place` is on the half of the way that belongs to `side`; a relay is on both.
bool is_near(std::string_view place, SimSide side);

}  // namespace floe::cli
