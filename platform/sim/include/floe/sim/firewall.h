// How a firewall behaves that translates nothing: it lets in what was asked for.
//
// Filtering has RFC 4787's three kinds, which RFC 6092 (section 3.2) asks of IPv6 homes in the same
// words.
#pragma once

#include "floe/sim/nat.h"

namespace floe::sim {

struct Firewall {
  Dependence filtering = Dependence::address_and_port_dependent;
  /// After the last packet that counts a flow is forgotten. RFC 6092, REC-14: "at least 2 minutes".
  Duration lifetime = kNatLifetime;
  bool inbound_refreshes = false;
  /// No UDP passes, in either direction.
  bool blocks_udp = false;
  /// Streams to no other port pass; 0: to all.
  std::uint16_t only_tcp_port = 0;
  std::size_t flows_max = kNatMappingsMax;

  static constexpr Firewall stateful(
      Dependence filtering = Dependence::address_and_port_dependent) {
    return {.filtering = filtering};
  }
  static constexpr Firewall udp_blocked() { return {.blocks_udp = true}; }
  /// That of a guest network at its strictest: the web, over TLS.
  static constexpr Firewall only_https() { return {.blocks_udp = true, .only_tcp_port = 443}; }
};

}  // namespace floe::sim
