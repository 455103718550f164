// The state that a simulated host shares with its sockets, streams and timers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "floe/sim/calls.h"
#include "floe/sim/host_interfaces.h"
#include "floe/sim/host_observer.h"
#include "floe/sim/seeded_random.h"
#include "floe/sim/sleep.h"
#include "floe/sim/traffic.h"

namespace floe::sim {

/// The parts of a world that a host runs on.
struct HostGround {
  Traffic& traffic;
  Alarms& alarms;
  Calls& calls;
  Trace& trace;
};

struct HostState {
  HostState(const HostGround& world, std::string own_name, std::uint64_t seed)
      : ground(world), name(std::move(own_name)), random(seed) {}

  Timestamp now() const { return ground.traffic.now(); }
  bool has_address(const IpAddress& ip) const { return interfaces.with(ip) != nullptr; }
  void note(std::string_view text) { ground.trace.note(now(), name, text); }

  HostGround ground;
  std::string name;
  SeededRandom random;
  HostInterfaces interfaces;
  Sleep sleep;
  std::vector<HostObserver*> observers;
  std::size_t timers_armed = 0;  // timers that will ring
};

}  // namespace floe::sim
