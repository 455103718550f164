// Why there is no relayed candidate, for people.
#pragma once

#include <string>

#include "relays.h"

namespace floe::ice {

/// What a TURN server said, or its silence, and what to do about it.
std::string explain_failure(const Relays::Failure& failure);

}  // namespace floe::ice
