// The five-tuple that an allocation belongs to (RFC 8656, section 3.2): the addresses of the client
// and the server, and the transport between them.
#pragma once

#include <cstdint>

#include "floe/turn/transport.h"
#include "floe/types/address.h"

namespace floe::turn {

struct ClientPath {
  TransportAddress client;  ///< as the server sees it
  TransportAddress local;   ///< the server's address that received the message; never a wildcard
  Transport transport = Transport::udp;
  /// Lets the host find the connection again; not part of the five-tuple.
  std::uint32_t stream = 0;

  /// Whether both are the same five-tuple.
  bool operator==(const ClientPath& other) const {
    return client == other.client && local == other.local && transport == other.transport;
  }
};

}  // namespace floe::turn
