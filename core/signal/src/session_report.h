// Errors in the peer's messages, to be polled, and the session's counters.
//
// Limit: kErrorsKept errors wait to be polled; later ones are counted and dropped.
#pragma once

#include <list>
#include <optional>

#include "floe/signal/session_counters.h"
#include "floe/signal/session_error.h"

namespace floe::signal {

class SessionReport {
 public:
  void add(SessionError error);
  std::optional<SessionError> poll_error();

  SessionCounters& counters() { return counters_; }
  const SessionCounters& counters() const { return counters_; }

 private:
  std::list<SessionError> errors_;
  SessionCounters counters_;
};

}  // namespace floe::signal
