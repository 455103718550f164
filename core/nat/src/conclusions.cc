#include "floe/nat/conclusions.h"

namespace floe::nat {

Conclusions::Conclusions(const DiscoveryConfig& config) : config_(config) {
  report_.local = config.main_local;
}

DiscoveryPhase Conclusions::conclude(DiscoveryPhase phase, const std::vector<Probe>& probes) {
  switch (phase) {
    case DiscoveryPhase::connectivity:
      return conclude_connectivity(probes[0]);
    case DiscoveryPhase::filtering:
      return conclude_filtering(probes[0], probes[1]);
    case DiscoveryPhase::mapping_by_address:
      return conclude_mapping_by_address(probes[0]);
    case DiscoveryPhase::mapping_by_port:
      return conclude_mapping_by_port(probes[0]);
    case DiscoveryPhase::second_socket:
      return conclude_second_socket(probes[0]);
    case DiscoveryPhase::hairpinning:
      return conclude_hairpinning();
    case DiscoveryPhase::idle:
    case DiscoveryPhase::done:
      break;
  }
  return DiscoveryPhase::done;
}

DiscoveryPhase Conclusions::conclude_connectivity(const Probe& probe) {
  if (probe.state() == Probe::State::refused) {
    report_.connectivity = Connectivity::refused;
    report_.refused_with = probe.error();
    return DiscoveryPhase::done;
  }
  if (probe.state() != Probe::State::answered) {
    report_.connectivity = probe.flaw() ? Connectivity::unusable : Connectivity::silent;
    report_.flaw = probe.flaw();
    return DiscoveryPhase::done;
  }
  report_.connectivity = Connectivity::works;
  report_.mapped = probe.mapped();
  report_.rewrites_addresses = probe.plain_mapped() && *probe.plain_mapped() != probe.mapped();
  // RFC 5780, section 4.3: "If this address and port are the same as the local IP address and port
  // of the socket used to send the request, the client knows that it is not NATed".
  if (probe.mapped() == config_.main_local) report_.mapping = Mapping::no_nat;
  report_.other = probe.other();
  if (!report_.other) {
    report_.support = ServerSupport::no_other_address;
    return after_mapping();
  }
  if (!is_usable(*report_.other)) {
    report_.support = ServerSupport::unusable_other_address;
    return after_mapping();
  }
  report_.support = ServerSupport::full;
  return DiscoveryPhase::filtering;
}

/// Whether `other` has another address and another port, and can be reached. A server on a private
/// network or on this host may name an address of the same kind.
bool Conclusions::is_usable(const TransportAddress& other) const {
  const TransportAddress& server = config_.server;
  return can_be_reached(other) && other.ip.family() == server.ip.family() &&
         other.ip != server.ip && other.port != server.port &&
         other.ip.is_loopback() == server.ip.is_loopback();
}

DiscoveryPhase Conclusions::conclude_filtering(const Probe& both, const Probe& port) {
  const TransportAddress& other = *report_.other;
  const auto came_from = [](const Probe& probe, const TransportAddress& address) {
    return probe.state() == Probe::State::answered && probe.answered_from() == address;
  };
  const bool is_silent = both.state() == Probe::State::silent;
  if (came_from(both, other)) {
    report_.filtering = Filtering::endpoint_independent;
  } else if (is_silent && came_from(port, {config_.server.ip, other.port})) {
    report_.filtering = Filtering::address_dependent;
  } else if (is_silent && port.state() == Probe::State::silent) {
    report_.filtering = Filtering::address_and_port_dependent;
  } else {
    report_.support = ServerSupport::ignores_change_request;
  }
  const bool is_settled =
      report_.mapping == Mapping::no_nat && report_.filtering == Filtering::endpoint_independent;
  return is_settled ? after_mapping() : DiscoveryPhase::mapping_by_address;
}

DiscoveryPhase Conclusions::conclude_mapping_by_address(const Probe& probe) {
  if (probe.state() != Probe::State::answered) {
    // The other address never answers, so silence from it does not tell about filtering.
    report_.support = ServerSupport::unusable_other_address;
    if (report_.filtering != Filtering::endpoint_independent) {
      report_.filtering = Filtering::unknown;
    }
    return after_mapping();
  }
  if (report_.mapping == Mapping::no_nat) return after_mapping();
  if (probe.mapped() == *report_.mapped) {
    report_.mapping = Mapping::endpoint_independent;
    return after_mapping();
  }
  mapped_by_address_ = probe.mapped();
  return DiscoveryPhase::mapping_by_port;
}

DiscoveryPhase Conclusions::conclude_mapping_by_port(const Probe& probe) {
  if (probe.state() != Probe::State::answered) {
    report_.support = ServerSupport::unusable_other_address;
  } else if (probe.mapped() == mapped_by_address_) {
    report_.mapping = Mapping::address_dependent;
  } else {
    report_.mapping = Mapping::address_and_port_dependent;
  }
  return after_mapping();
}

/// Without a NAT there is no hairpinning.
DiscoveryPhase Conclusions::after_mapping() const {
  const bool has_nat = report_.mapping != Mapping::no_nat;
  return has_nat && config_.tests_hairpinning ? DiscoveryPhase::second_socket
                                              : DiscoveryPhase::done;
}

DiscoveryPhase Conclusions::conclude_second_socket(const Probe& probe) {
  if (probe.state() != Probe::State::answered) return DiscoveryPhase::done;
  second_mapped_ = probe.mapped();
  return DiscoveryPhase::hairpinning;
}

DiscoveryPhase Conclusions::conclude_hairpinning() {
  report_.hairpinning = came_back_ ? Hairpinning::works : Hairpinning::fails;
  return DiscoveryPhase::done;
}

}  // namespace floe::nat
