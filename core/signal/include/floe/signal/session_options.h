// The options by which a session announces its agent.
#pragma once

#include <string>

#include "floe/signal/candidate_names.h"
#include "floe/signal/message.h"

namespace floe::signal {

struct SessionOptions {
  /// False: the description waits for the end of gathering and carries all candidates.
  bool trickle = true;
  /// `sdpMid` of the agent's first data stream. Each other stream has its number as `sdpMid`.
  std::string sdp_mid{kDefaultSdpMid};
  /// True: candidates of the peer with a name of the local network wait for
  /// Session::handle_name(), which the user of the session promises to call for each
  /// Session::poll_name(). False: they are skipped.
  bool resolves_names = false;
  /// Set: host candidates are told with these names instead of their addresses, and those without
  /// a name are not told.
  NameOfAddress name_of = {};
};

}  // namespace floe::signal
