#include "session_report.h"

#include "floe/signal/limits.h"

namespace floe::signal {

void SessionReport::add(SessionError error) {
  if (errors_.size() == kErrorsKept) {
    ++counters_.errors_dropped;
    return;
  }
  errors_.push_back(error);
}

std::optional<SessionError> SessionReport::poll_error() {
  if (errors_.empty()) return std::nullopt;
  const SessionError error = errors_.front();
  errors_.pop_front();
  return error;
}

}  // namespace floe::signal
