// A TURN server as an agent is told of it.
#pragma once

#include <cstdint>
#include <string>

#include "floe/stun/long_term_client.h"
#include "floe/turn/transport.h"
#include "floe/types/address.h"
#include "floe/types/strong_id.h"

namespace floe::ice {

struct TurnServer {
  TransportAddress address;
  turn::Transport transport = turn::Transport::udp;
  std::string server_name = {};  ///< what the certificate must name; for tls
  stun::LongTermCredentials credentials = {};

  /// The same server, whatever the credentials are.
  bool is_same_as(const TurnServer& other) const {
    return address == other.address && transport == other.transport;
  }
};

/// A connection to a TURN server, by the agent's own count; none is used twice.
using TcpConnectionId = StrongId<struct TcpConnectionIdTag, std::uint32_t>;

/// Through which server a relayed candidate goes (W3C webrtc-stats, relayProtocol and url).
struct RelayRoute {
  TransportAddress server;  ///< the one that was asked for, also when it sent on to another
  turn::Transport transport = turn::Transport::udp;
};

}  // namespace floe::ice
