// Copies the counters of the core into the structure of the C API.
#pragma once

#include "floe/c/counters.h"
#include "floe/ice/counters.h"
#include "floe/signal/session_counters.h"

namespace floe::c {

void count(const ice::AgentCounters& agent, floe_counters& out);
void count(const signal::SessionCounters& session, floe_counters& out);

}  // namespace floe::c
