// A socket of the host that a host candidate stands for.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/ice/candidate.h"

namespace floe::ice {

struct LocalSocket {
  StreamComponent id;
  TransportAddress base;  ///< where it is bound; a real address, never a wildcard
  /// 65535 for the best interface, distinct for each address (RFC 8445, section 5.1.2.1).
  std::uint16_t local_preference = 65535;
  /// The configured address at which it is reached from outside: a one-to-one NAT in front of a
  /// server. It is signalled as a server-reflexive candidate, although no server was asked.
  std::optional<TransportAddress> external = {};
  /// Signal the external address instead of the base, as the host candidate.
  bool hides_base = false;
};

}  // namespace floe::ice
