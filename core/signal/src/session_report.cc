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

void SessionReport::skip(std::string_view candidate, std::string_view reason) {
  if (skipped_.size() == kSkippedKept) {
    ++counters_.skips_dropped;
    return;
  }
  skipped_.push_back({std::string(candidate), std::string(reason)});
}

std::optional<CandidateSkipped> SessionReport::poll_skipped() {
  if (skipped_.empty()) return std::nullopt;
  CandidateSkipped skipped = std::move(skipped_.front());
  skipped_.pop_front();
  return skipped;
}

}  // namespace floe::signal
