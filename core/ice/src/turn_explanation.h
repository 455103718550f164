// Why there is no relayed candidate, as a sentence for the user.
#pragma once

#include <string>

#include "turn_events.h"

namespace floe::ice {

/// Says what the TURN server answered, or that it was silent, and what the user can do about it.
std::string explain_failure(const TurnFailure& failure);

}  // namespace floe::ice
