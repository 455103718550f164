// The data channels of `floe agent`: reports about them, and orders to them.
#pragma once

#include <memory>

#include "event_lines.h"
#include "floe/driver/connection.h"
#include "order.h"

namespace floe::cli {

class AgentChannels {
 public:
  virtual ~AgentChannels() = default;
  virtual void carry_out(const ChannelOrder& order) = 0;
};

/// `connection` must outlive them; with `echo`, messages go back and are not reported. In a build
/// without SCTP (no_channels.cc), each order is refused.
std::unique_ptr<AgentChannels> make_agent_channels(const Host& host, Connection& connection,
                                                   bool echo, EventLines& out);

}  // namespace floe::cli
