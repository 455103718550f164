// The description that each agent sends to its peer before the checks (RFC 8445, section 5.3).
#pragma once

#include "floe/ice/agent_config.h"
#include "floe/ice/credentials.h"

namespace floe::ice {

/// The tokens of "ice-options" (RFC 8839, section 5.6) that change what an agent does.
struct IceOptions {
  bool ice2 = false;          ///< RFC 8445, section 10: no aggressive nomination
  bool renomination = false;  ///< a later nomination takes the place of an earlier one
  bool sped = false;          ///< its checks may carry a payload, and those that it gets (SPED)
  bool operator==(const IceOptions&) const = default;
};

/// An agent that nominates every pair does not conform to RFC 8445; and among its nominations the
/// highest priority counts, not the latest (RFC 5245, section 8.1.1.2).
constexpr IceOptions ice_options_of(const AgentConfig& config) {
  const bool nominates_once = config.nomination != NominationMode::aggressive;
  return {.ice2 = nominates_once, .renomination = nominates_once};
}

/// The part of a description that the agent acts on; candidates come one by one.
struct SessionDescription {
  Credentials credentials;
  bool lite = false;
  IceOptions options = {};
  Duration ta = kTaDefault;  ///< ice-pacing (RFC 8839, section 5.5)
};

}  // namespace floe::ice
