// The options by which a session announces its agent.
#pragma once

#include <string>

#include "floe/signal/message.h"

namespace floe::signal {

struct SessionOptions {
  /// False: the description waits for the end of gathering and carries all candidates.
  bool trickle = true;
  /// `sdpMid` of the agent's first data stream; that of each other one is its number.
  std::string sdp_mid{kDefaultSdpMid};
};

}  // namespace floe::signal
