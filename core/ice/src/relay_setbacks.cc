#include "relay_setbacks.h"

#include <algorithm>

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

Duration RelaySetbacks::next_wait() {
  count_ = std::max<std::uint8_t>(count_, 1);
  const auto wait = std::min<Duration>(kRelayWait * (1 << (count_ - 1)), kRelayWaitMax);
  if (wait < kRelayWaitMax) ++count_;
  const auto half = static_cast<std::uint32_t>(wait.count() / 2);
  return Duration(half) + Duration(core_.random.below(half + 1));
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
