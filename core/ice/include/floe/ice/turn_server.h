// A TURN server as the application describes it to an agent.
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
  std::string server_name = {};  ///< for tls: the name in the certificate
  stun::LongTermCredentials credentials = {};

  /// The same server, whatever the credentials are.
  bool is_same_as(const TurnServer& other) const {
    return address == other.address && transport == other.transport;
  }
};

/// The agent's number for a connection to a TURN server; no number is used twice.
using TcpConnectionId = StrongId<struct TcpConnectionIdTag, std::uint32_t>;

/// The server of a relayed candidate, and the transport to it (W3C webrtc-stats, relayProtocol and
/// url).
struct RelayRoute {
  TransportAddress server;  ///< the configured server, also after a redirection
  turn::Transport transport = turn::Transport::udp;
};

}  // namespace floe::ice
