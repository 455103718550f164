// An error in a message of the peer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "floe/ice/candidate_grammar.h"

namespace floe::signal {

enum class SessionErrorCode : std::uint8_t {
  bad_candidate,         ///< the line cannot be read; the rest of its message was used
  credentials_reused,    ///< a restart that changed only one of fragment and password
  restart_not_answered,  ///< the peer answered a restart with the credentials from before it
  own_description,       ///< the peer's fragment is this agent's own: messages come back
  agent_refused,         ///< ice::Agent did not accept the description: it is closed
};

struct SessionError {
  SessionErrorCode code = SessionErrorCode::bad_candidate;
  std::optional<ice::CandidateError> candidate;  ///< with bad_candidate

  bool operator==(const SessionError&) const = default;
};

/// A sentence to be shown: what is wrong, and what would be right.
std::string to_text(const SessionError& error);

}  // namespace floe::signal
