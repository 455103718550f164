#include "floe/signal/session_error.h"

#include "floe/types/text.h"

namespace floe::signal {

std::string to_text(const SessionError& error) {
  switch (error.code) {
    case SessionErrorCode::bad_candidate:
      return concat({"a candidate of the peer was skipped: ",
                     error.candidate ? ice::to_text(*error.candidate) : "it cannot be read"});
    case SessionErrorCode::credentials_reused:
      return "the peer changed only one of `usernameFragment` and `password`; a restart must "
             "change both (RFC 8445, section 9), so its description was ignored";
    case SessionErrorCode::restart_not_answered:
      return "the peer answered a restart with its old `usernameFragment` and `password`; both "
             "must change (RFC 8445, section 9), so the restart still waits for an answer";
    case SessionErrorCode::own_description:
      return "this agent's own description came back; the signalling must not echo messages";
    case SessionErrorCode::agent_refused:
      return "the agent is closed and takes no description";
  }
  return "?";
}

}  // namespace floe::signal
