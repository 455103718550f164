// What a session has to say about the peer's messages: errors one by one, everything else counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "floe/ice/candidate_grammar.h"

namespace floe::signal {

enum class SessionErrorCode : std::uint8_t {
  bad_candidate,       ///< the line cannot be read; the rest of its message was used
  credentials_reused,  ///< a restart that changed only one of fragment and password
  own_description,     ///< the peer's fragment is this agent's own: messages come back
  agent_refused,       ///< ice::Agent did not take the description: it is closed
};

struct SessionError {
  SessionErrorCode code = SessionErrorCode::bad_candidate;
  std::optional<ice::CandidateError> candidate;  ///< with bad_candidate

  bool operator==(const SessionError&) const = default;
};

/// A sentence for people: what is wrong, and what would be right.
std::string to_text(const SessionError& error);

struct SessionCounters {
  std::uint64_t candidates_added = 0;
  std::uint64_t candidates_duplicate = 0;
  std::uint64_t candidates_refused = 0;      ///< by the agent: a limit, port 0, another component
  std::uint64_t candidates_bad = 0;          ///< each is also a SessionError
  std::uint64_t host_names_ignored = 0;      ///< such as "….local": nobody resolves them here
  std::uint64_t transports_ignored = 0;      ///< TCP and others
  std::uint64_t peer_reflexive_ignored = 0;  ///< must not be signalled
  std::uint64_t held = 0;                    ///< came before the description they belong to
  std::uint64_t held_evicted = 0;            ///< lost, for newer ones
  std::uint64_t dropped_old = 0;             ///< of a generation the peer has left
  std::uint64_t removals = 0;                ///< of candidates that the peer took back
  std::uint64_t removals_ignored = 0;        ///< of candidates that are not known
  std::uint64_t descriptions_repeated = 0;
  std::uint64_t restarts_answered = 0;
  std::uint64_t restart_requests_ignored = 0;  ///< a restart was under way
  std::uint64_t ignored_after_bye = 0;
  std::uint64_t outgoing_dropped = 0;  ///< nobody polled kOutgoingMessagesMax messages
  std::uint64_t errors_dropped = 0;    ///< nobody polled kErrorsKept errors
};

}  // namespace floe::signal
