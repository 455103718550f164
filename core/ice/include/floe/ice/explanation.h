// Why an agent is not connected, for people.
//
// Words for logs, the command line and a page; nothing may be decided by them. Addresses are in
// them, so they belong where addresses may be shown.
#pragma once

#include <string>
#include <vector>

#include "floe/ice/agent.h"
#include "floe/types/list.h"

namespace floe::ice {

/// One sentence or two: what happened, why, and what to do about it. Says how things stand when
/// the agent has not failed.
std::string explain(const Agent& agent);

/// A line for each pair of the current generation, highest priority first: the two candidates, the
/// state, and why it failed.
std::vector<std::string> explain_pairs(const Agent& agent);

}  // namespace floe::ice
