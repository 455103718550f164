// The result of giving a candidate or a socket to an agent.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::ice {

enum class AddCandidateResult : std::uint8_t {
  added,
  duplicate,          ///< known already; nothing changed
  limit,              ///< kRemoteCandidatesMax
  unknown_component,  ///< more than AgentConfig::components or streams
  unusable,           ///< port 0, a multicast or a wildcard address
  closed,
};

std::string_view to_text(AddCandidateResult result);

}  // namespace floe::ice
