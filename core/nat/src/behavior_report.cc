#include "floe/nat/behavior_report.h"

namespace floe::nat {
namespace {

/// RFC 3489, section 5: the cones map independently of the endpoint; "a symmetric NAT is one where
/// all requests from the same internal IP address and port, to a specific destination IP address
/// and port, are mapped to the same external IP address and port", and only that destination "can
/// send a UDP packet back".
ClassicType type_of_nat(Mapping mapping, Filtering filtering) {
  const bool is_cone = mapping == Mapping::endpoint_independent;
  const bool is_symmetric = mapping == Mapping::address_and_port_dependent;
  switch (filtering) {
    case Filtering::unknown:
      return ClassicType::unknown;
    case Filtering::endpoint_independent:
      return is_cone ? ClassicType::full_cone : ClassicType::none;
    case Filtering::address_dependent:
      return is_cone ? ClassicType::restricted_cone : ClassicType::none;
    case Filtering::address_and_port_dependent:
      if (is_cone) return ClassicType::port_restricted_cone;
      return is_symmetric ? ClassicType::symmetric : ClassicType::none;
  }
  return ClassicType::unknown;
}

std::string_view consequence_of(const BehaviorReport& report) {
  if (report.mapping == Mapping::no_nat) {
    if (report.filtering == Filtering::unknown) return {};
    return report.filtering == Filtering::endpoint_independent
               ? "All peers can connect to this host directly."
               : "Peers can connect after this host has sent to them; ICE does this.";
  }
  if (report.mapping == Mapping::endpoint_independent) {
    switch (report.filtering) {
      case Filtering::endpoint_independent:
        return "All peers can connect directly to the mapped address while it is in use.";
      case Filtering::address_dependent:
        return "ICE connects directly to nearly all peers, also to those behind a symmetric NAT.";
      case Filtering::address_and_port_dependent:
        return "ICE connects directly, but not to peers behind a symmetric NAT: for those it needs "
               "a relay (TURN).";
      case Filtering::unknown:
        return "ICE connects directly to most peers.";
    }
  }
  if (report.mapping == Mapping::unknown) return {};
  return report.filtering == Filtering::endpoint_independent
             ? "The NAT maps each peer to another address, but lets in packets from any address: "
               "ICE connects directly to peers with a reachable address; other peers need a relay "
               "(TURN)."
             : "The NAT maps each peer to another address: peers behind a port-restricted or "
               "symmetric NAT can only be reached through a relay (TURN).";
}

std::string not_connected(const BehaviorReport& report) {
  if (report.connectivity == Connectivity::refused) {
    return "The server answers, but refuses with error " + std::to_string(report.refused_with) +
           ". Try a server that needs no credentials.";
  }
  if (report.connectivity == Connectivity::unusable) {
    return "The server is of no use: " + std::string(report.flaw) + ". Try another server.";
  }
  return "Nothing came back from the server. Either UDP is blocked on the way, or there is no STUN "
         "server at that address: try another server. If none answers, use a relay over TCP or TLS "
         "(TURN).";
}

std::string_view limits_of(ServerSupport support) {
  switch (support) {
    case ServerSupport::unknown:
    case ServerSupport::full:
      return {};
    case ServerSupport::no_other_address:
      return "The server has no second address to test from (RFC 5780), so mapping and filtering "
             "remain unknown: try another server.";
    case ServerSupport::unusable_other_address:
      return "The server's second address does not answer, so the report is incomplete: try "
             "another server.";
    case ServerSupport::ignores_change_request:
      return "The server does not answer from its second address, so filtering remains unknown: "
             "try another server.";
  }
  return {};
}

void append(std::string& text, std::string_view sentence) {
  if (sentence.empty()) return;
  if (!text.empty()) text += ' ';
  text += sentence;
}

}  // namespace

ClassicType classic_type(const BehaviorReport& report) {
  if (report.connectivity == Connectivity::silent) return ClassicType::udp_blocked;
  if (report.connectivity != Connectivity::works) return ClassicType::unknown;
  if (report.mapping == Mapping::unknown) return ClassicType::unknown;
  if (report.mapping != Mapping::no_nat) return type_of_nat(report.mapping, report.filtering);
  if (report.filtering == Filtering::unknown) return ClassicType::unknown;
  return report.filtering == Filtering::endpoint_independent ? ClassicType::open_internet
                                                             : ClassicType::symmetric_firewall;
}

std::string describe(const BehaviorReport& report) {
  if (report.connectivity == Connectivity::unknown) return "Nothing is known yet.";
  if (report.connectivity != Connectivity::works) return not_connected(report);
  std::string text = report.mapping == Mapping::no_nat
                         ? "There is no NAT between this host and the server."
                         : "There is a NAT between this host and the server.";
  append(text, consequence_of(report));
  append(text, limits_of(report.support));
  if (report.rewrites_addresses) {
    append(text,
           "Something on the way rewrites addresses inside packets: turn off its \"application "
           "level gateway\".");
  }
  return text;
}

}  // namespace floe::nat
