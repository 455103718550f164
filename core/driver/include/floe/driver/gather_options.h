// Which addresses of the host become candidates, and which servers are asked for more.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "floe/api/network_monitor.h"
#include "floe/driver/server.h"
#include "floe/types/address.h"

namespace floe {

/// A one-to-one NAT that is configured in front of this host: each port of `external` leads to the
/// same port of `internal`.
struct ExternalAddress {
  IpAddress internal;  ///< 0.0.0.0 or ::, for every address of that family
  IpAddress external;
  /// Tell the peer only the external address; else both.
  bool hides_internal = false;
};

struct GatherOptions {
  std::optional<Family> family = {};  ///< empty: both
  std::uint16_t port_min = 0;         ///< 0 with port_max 0: any port
  std::uint16_t port_max = 0;
  /// STUN and TURN servers; there is no default one. "stuns:", and TURN over DTLS, are refused as
  /// unsupported, and so is TURN over TCP or TLS on a host without Host::streams.
  std::vector<Server> servers = {};
  std::vector<ExternalAddress> external_addresses = {};
  /// How many addresses of each family become candidates, the best first. 0: one for a lite agent;
  /// for others ice::kIpv4AddressesMax and ice::kIpv6AddressesMax, and as many tunnels.
  std::uint8_t addresses_max = 0;
  /// The address of NetworkMonitor::loopback() becomes a candidate, too, as the last one: for peers
  /// on the same host. A Room sets it when its server is on this host.
  ///
  /// Deviation: (RFC 8445, section 5.1.1.1) "Addresses from a loopback interface MUST NOT be
  /// included in the candidate addresses." Where everything runs on one machine, a gateway that
  /// lends nothing but loopback would otherwise reach no device.
  bool loopback = false;
  /// Which of the host's addresses may be used; empty: all.
  std::function<bool(const InterfaceAddress&)> accepts = {};
};

}  // namespace floe
