// Which options a gateway takes while it runs.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace floe::gateway {

/// What the operator says, wherever: the values by the options' names.
using GivenOptions = std::map<std::string, std::vector<std::string>>;

/// The options that have changed and wait for a start, as "--listen, --bind"; empty: none.
std::string options_that_wait(const GivenOptions& before, const GivenOptions& now);

}  // namespace floe::gateway
