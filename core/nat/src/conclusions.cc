// What each phase of BehaviorDiscovery found out, and which comes next.
#include "floe/nat/behavior_discovery.h"

namespace floe::nat {

BehaviorDiscovery::Phase BehaviorDiscovery::conclude_connectivity() {
  const Probe& probe = probes_[0];
  if (probe.state() == Probe::State::refused) {
    report_.connectivity = Connectivity::refused;
    report_.refused_with = probe.error();
    return Phase::done;
  }
  if (probe.state() != Probe::State::answered) {
    report_.connectivity = Connectivity::silent;
    return Phase::done;
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
  return Phase::filtering;
}

/// Another address and another port, to which can be sent. A server on a private network or on this
/// host may name one like its own.
bool BehaviorDiscovery::is_usable(const TransportAddress& other) const {
  const TransportAddress& server = config_.server;
  return other.ip.family() == server.ip.family() && other.ip != server.ip &&
         other.port != server.port && other.port != 0 && !other.ip.is_any() &&
         !other.ip.is_multicast() && other.ip.is_loopback() == server.ip.is_loopback();
}

BehaviorDiscovery::Phase BehaviorDiscovery::conclude_filtering() {
  const TransportAddress& other = *report_.other;
  const Probe& both = probes_[0];
  const Probe& port = probes_[1];
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
  return is_settled ? after_mapping() : Phase::mapping_by_address;
}

BehaviorDiscovery::Phase BehaviorDiscovery::conclude_mapping_by_address() {
  const Probe& probe = probes_[0];
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
  return Phase::mapping_by_port;
}

BehaviorDiscovery::Phase BehaviorDiscovery::conclude_mapping_by_port() {
  const Probe& probe = probes_[0];
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
BehaviorDiscovery::Phase BehaviorDiscovery::after_mapping() const {
  const bool has_nat = report_.mapping != Mapping::no_nat;
  return has_nat && config_.tests_hairpinning ? Phase::second_socket : Phase::done;
}

BehaviorDiscovery::Phase BehaviorDiscovery::conclude_second_socket() {
  const Probe& probe = probes_[0];
  if (probe.state() != Probe::State::answered) return Phase::done;
  second_mapped_ = probe.mapped();
  return Phase::hairpinning;
}

BehaviorDiscovery::Phase BehaviorDiscovery::conclude_hairpinning() {
  report_.hairpinning = came_back_ ? Hairpinning::works : Hairpinning::fails;
  return Phase::done;
}

}  // namespace floe::nat
