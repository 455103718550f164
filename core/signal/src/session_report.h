// Errors in the peer's messages and candidates that are not used, to be polled, and the session's
// counters.
//
// Limits: kErrorsKept errors and kSkippedKept candidates wait to be polled; later ones are counted
// and dropped.
#pragma once

#include <list>
#include <optional>
#include <string_view>

#include "floe/signal/candidate_skipped.h"
#include "floe/signal/session_counters.h"
#include "floe/signal/session_error.h"

namespace floe::signal {

class SessionReport {
 public:
  void add(SessionError error);
  std::optional<SessionError> poll_error();
  void skip(std::string_view candidate, std::string_view reason);
  std::optional<CandidateSkipped> poll_skipped();

  SessionCounters& counters() { return counters_; }
  const SessionCounters& counters() const { return counters_; }

 private:
  std::list<SessionError> errors_;
  std::list<CandidateSkipped> skipped_;
  SessionCounters counters_;
};

}  // namespace floe::signal
