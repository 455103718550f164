// Concludes from the probes of each phase of BehaviorDiscovery how the NAT behaves, and which phase
// comes next (RFC 5780, sections 4.3 and 4.4).
#pragma once

#include <optional>
#include <vector>

#include "floe/nat/behavior_report.h"
#include "floe/nat/probe.h"

namespace floe::nat {

struct DiscoveryConfig {
  TransportAddress server;
  TransportAddress main_local;  ///< where the main socket is bound: never a wildcard
  bool tests_hairpinning = true;
};

enum class DiscoveryPhase : std::uint8_t {
  idle,
  connectivity,
  filtering,
  mapping_by_address,
  mapping_by_port,
  second_socket,
  hairpinning,
  done,
};

class Conclusions {
 public:
  explicit Conclusions(const DiscoveryConfig& config);

  /// Reads the probes of a phase that is over, and gives the next phase.
  DiscoveryPhase conclude(DiscoveryPhase phase, const std::vector<Probe>& probes);
  /// One of our own requests arrived, so hairpinning works.
  void note_own_request() { came_back_ = true; }
  bool has_own_request() const { return came_back_; }

  const BehaviorReport& report() const { return report_; }
  /// The mapped address of the second socket.
  const std::optional<TransportAddress>& second_mapped() const { return second_mapped_; }

 private:
  DiscoveryPhase conclude_connectivity(const Probe& probe);
  DiscoveryPhase conclude_filtering(const Probe& both, const Probe& port);
  DiscoveryPhase conclude_mapping_by_address(const Probe& probe);
  DiscoveryPhase conclude_mapping_by_port(const Probe& probe);
  DiscoveryPhase conclude_second_socket(const Probe& probe);
  DiscoveryPhase conclude_hairpinning();
  DiscoveryPhase after_mapping() const;
  bool is_usable(const TransportAddress& other) const;

  DiscoveryConfig config_;
  BehaviorReport report_;
  TransportAddress mapped_by_address_;  ///< the mapped address seen by the other address
  std::optional<TransportAddress> second_mapped_;
  bool came_back_ = false;
};

}  // namespace floe::nat
