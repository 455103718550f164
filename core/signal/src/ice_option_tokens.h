// The tokens of "ice-options" (RFC 8839, section 5.6) from an agent's options and to them.
#pragma once

#include <string>
#include <vector>

#include "floe/ice/agent.h"

namespace floe::signal {

/// `trickle`: candidates follow the description (RFC 8838).
std::vector<std::string> write_ice_options(const ice::IceOptions& options, bool trickle);
/// Only the tokens that an agent has to know of; others are ignored.
ice::IceOptions read_ice_options(const std::vector<std::string>& tokens);
/// RFC 8838, section 5: an agent that does not say "trickle" sends all candidates at once.
bool says_trickle(const std::vector<std::string>& tokens);

}  // namespace floe::signal
