// The options by which a session announces its agent.
#pragma once

#include <string>

#include "floe/signal/message.h"

namespace floe::signal {

struct SessionOptions {
  /// False: the description waits for the end of gathering and carries all candidates.
  bool trickle = true;
  /// `sdpMid` of the agent's first data stream. Each other stream has its number as `sdpMid`.
  std::string sdp_mid{kDefaultSdpMid};
};

}  // namespace floe::signal
