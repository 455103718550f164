#pragma once

#include "floe/driver/agent_driver.h"

namespace floe {

/// Calls the function of the listener that belongs to an output which is not the agent's.
void tell_listener(AgentListener& listener, const peer::Output& output);

}  // namespace floe
