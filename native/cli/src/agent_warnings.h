#pragma once

#include <string>
#include <vector>

#include "agent_options.h"
#include "floe/api/host.h"

namespace floe::cli {

/// What these options lead to on this host that the user may not want: plaintext, or no candidates.
std::vector<std::string> warnings_of(const AgentOptions& options, const Host& host);

}  // namespace floe::cli
