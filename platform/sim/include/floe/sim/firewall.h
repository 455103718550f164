// The behaviour of a firewall that translates no address: it lets in replies to flows from inside.
//
// Filtering has RFC 4787's three kinds. RFC 6092 (section 3.2) asks for the same kinds, in the same
// words, in IPv6 homes.
#pragma once

#include "floe/sim/nat.h"

namespace floe::sim {

struct Firewall {
  Dependence filtering = Dependence::address_and_port_dependent;
  /// A flow is forgotten so long after its last packet that counts. RFC 6092, REC-14: "MUST
  /// NOT expire in less than two minutes of idle time".
  Duration lifetime = kNatLifetime;
  bool inbound_refreshes = false;
  /// No UDP passes, in either direction.
  bool blocks_udp = false;
  /// Only streams to this port pass; 0: streams to all ports pass.
  std::uint16_t only_tcp_port = 0;
  std::size_t flows_max = kNatMappingsMax;

  static constexpr Firewall stateful(
      Dependence filtering = Dependence::address_and_port_dependent) {
    return {.filtering = filtering};
  }
  static constexpr Firewall udp_blocked() { return {.blocks_udp = true}; }
  /// The firewall of a very strict guest network: it allows the web over TLS, and nothing else.
  static constexpr Firewall only_https() { return {.blocks_udp = true, .only_tcp_port = 443}; }
};

}  // namespace floe::sim
