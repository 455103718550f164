// The counters of a gateway as one JSON object, for development and for the end of its output.
#pragma once

#include <string>

#include "floe/signal/room_counters.h"
#include "tunnel_quotas.h"
#include "worker_counters.h"

namespace floe::gateway {

std::string to_json(const WorkerCounters& all, const TunnelQuotas& quotas,
                    const signal::RoomCounters& rooms, std::size_t whip_sessions);

}  // namespace floe::gateway
