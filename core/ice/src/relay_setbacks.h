// The losses and failures of one TURN client in succession: which are told, and how long the client
// waits after each.
#pragma once

#include <string_view>
#include <utility>

#include "agent_core.h"
#include "floe/ice/backoff.h"
#include "turn_events.h"
#include "turn_five_tuple.h"

namespace floe::ice {

/// The wait after the first failure. Each further one doubles it, to kRelayWaitMax at most.
inline constexpr Duration kRelayWait = 1s;
inline constexpr Duration kRelayWaitMax = 60s;
/// The loss of an allocation that lived this long is the first in succession.
inline constexpr Duration kRelayProven = 60s;

class RelaySetbacks {
 public:
  /// Both must outlive it.
  RelaySetbacks(AgentCore& core, TurnEvents& events) : core_(core), events_(events) {}

  void reset();
  /// Whether the present attempt follows one that failed.
  bool have_failed() const { return has_failed_; }

  /// Tells of a failure, but of the same one in succession only once. `code` is of STUN or TURN, or
  /// one of those that turn::AllocationFailed has instead.
  void report(const TurnFiveTuple& five_tuple, std::uint16_t code, std::string_view reason);
  /// The first loss is made good at once. False: it is not the first.
  bool take_first() { return !has_failed_ && !std::exchange(first_was_taken_, true); }
  /// The wait before the next attempt.
  Duration next_wait();

  /// Whether the same request may succeed later: the server was not heard, is full, or fails. What
  /// the other codes say of the request or of its user stays true.
  static bool may_pass(std::uint16_t code);

 private:
  AgentCore& core_;
  TurnEvents& events_;
  Backoff backoff_{kRelayWait, kRelayWaitMax};
  bool first_was_taken_ = false;
  bool has_failed_ = false;
  std::uint16_t reported_ = 0;  ///< the code of the last failure
};

}  // namespace floe::ice
