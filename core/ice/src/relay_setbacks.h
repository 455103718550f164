// The losses and failures of one TURN client in succession: which are told, and how long the client
// waits after each.
#pragma once

#include <string_view>

#include "agent_core.h"
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

  void reset() { count_ = 0; }
  /// Whether the present attempt follows one that failed.
  bool have_failed() const { return count_ > 1; }

  /// Tells of a failure, but of the same one in succession only once. `code` is of STUN or TURN, or
  /// one of those that turn::AllocationFailed has instead.
  void report(const TurnFiveTuple& five_tuple, std::uint16_t code, std::string_view reason);
  /// The first loss is made good at once. False: it is not the first.
  bool take_first() { return count_ == 0 && ++count_ > 0; }
  /// The wait before the next attempt. Its second half is random, so that the clients of a server
  /// that restarts do not all come at once.
  Duration next_wait();

  /// Whether the same request may succeed later: the server was not heard, is full, or fails. What
  /// the other codes say of the request or of its user stays true.
  static bool may_pass(std::uint16_t code);

 private:
  AgentCore& core_;
  TurnEvents& events_;
  std::uint8_t count_ = 0;
  std::uint16_t reported_ = 0;  ///< the code of the last failure
};

}  // namespace floe::ice
