// The five-tuple that an allocation belongs to (RFC 8656, section 3.2): between which addresses,
// and over what, a client talks to the server.
#pragma once

#include <cstdint>

#include "floe/turn/transport.h"
#include "floe/types/address.h"

namespace floe::turn {

struct ClientPath {
  TransportAddress client;  ///< as seen here
  TransportAddress local;   ///< which of the own addresses it came to; never a wildcard
  Transport transport = Transport::udp;
  /// Whatever helps the host to find the connection again; no part of the five-tuple.
  std::uint32_t stream = 0;

  /// Whether both are the same five-tuple.
  bool operator==(const ClientPath& other) const {
    return client == other.client && local == other.local && transport == other.transport;
  }
};

}  // namespace floe::turn
