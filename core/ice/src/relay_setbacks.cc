#include "relay_setbacks.h"

#include "floe/turn/error_codes.h"

namespace floe::ice {

void RelaySetbacks::report(const TurnFiveTuple& five_tuple, std::uint16_t code,
                           std::string_view reason) {
  const TurnServer& server = five_tuple.server();
  const std::uint16_t cause = code == turn::kNoCode ? kServerUnreachable : code;
  events_.set_failure({server, cause, turn::Reason(reason)});
  const bool is_known = have_failed() && cause == reported_;
  reported_ = cause;
  if (is_known) return;
  const std::uint16_t shown = cause == turn::kUnusableAnswer ? kServerUnreachable : cause;
  core_.out.event(GatheringFailed{server.address, five_tuple.local(), shown,
                                  ShortText<kReasonShownMax>(reason), server.transport});
}

void RelaySetbacks::reset() {
  backoff_.reset();
  first_was_taken_ = has_failed_ = false;
}

Duration RelaySetbacks::next_wait() {
  has_failed_ = true;
  return backoff_.next(core_.random);
}

bool RelaySetbacks::may_pass(std::uint16_t code) {
  switch (code) {
    case turn::kNoCode:
    case turn::kUnusableAnswer:
    case kServerUnreachable:
    case turn::kAllocationMismatch:
    case turn::kAllocationQuotaReached:
      return true;
    default:
      return code >= 500 && code < 600;
  }
}

}  // namespace floe::ice
