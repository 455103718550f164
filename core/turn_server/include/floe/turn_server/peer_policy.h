// The peers that clients may reach through a server. The server asks before it installs a
// permission and before each datagram that passes.
//
// A gateway implements it; the server never decides. Addresses are as the client wrote them: the
// policy must make them canonical.
#pragma once

#include "floe/types/address.h"

namespace floe::turn {

class PeerPolicy {
 public:
  virtual ~PeerPolicy() = default;
  /// Whether a datagram may pass to some port of `ip`: permissions are for addresses without port.
  virtual bool admits(const IpAddress& ip) const = 0;
  /// Whether a datagram may pass to `peer` or from it. On the hot path: must not block.
  virtual bool allows(const TransportAddress& peer) const = 0;
};

}  // namespace floe::turn
