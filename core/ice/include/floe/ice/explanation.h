// Why an agent is not connected, in sentences for its user.
//
// The texts are for logs, the command line and a page; no code may decide by them. They contain
// addresses, so they belong where addresses may be shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "floe/ice/agent.h"
#include "floe/types/list.h"

namespace floe::ice {

/// One sentence or two: what happened, why, and what to do about it. If the agent has not failed,
/// the text describes its current state.
std::string explain(const Agent& agent);

/// explain() for an agent that has just changed to `state`, if that is a state in which one asks
/// why: `disconnected` or `failed`. Empty otherwise.
std::string explain(const Agent& agent, State state);

/// What arrives instead of the peer's checks, in a sentence or two. Empty: nothing, or good checks.
std::string_view explain_strange_messages(const Agent& agent);

/// A line for each pair of the current generation, highest priority first: the two candidates, the
/// state, and why it failed.
std::vector<std::string> explain_pairs(const Agent& agent);

}  // namespace floe::ice
