// A simulated host that a probe runs on: waiting lets the world run.
#pragma once

#include <string>

#include "floe/probes/blocking_host.h"
#include "floe/sim/world.h"

namespace floe::probes::test {

class SimProbeHost final : public BlockingHost, private Console {
 public:
  /// Both must outlive it.
  SimProbeHost(sim::World& world, sim::SimHost& host) : world_(world), host_(host) {}

  Host api() override { return host_.api(); }
  Console& console() override { return *this; }
  void wait(Timestamp deadline) override {
    // In small steps, since a wait ends when something has happened.
    const Timestamp end = std::min(deadline, world_.now() + std::chrono::milliseconds(1));
    world_.run_for(end - world_.now());
  }
  std::optional<IpAddress> address_towards(const TransportAddress& remote) override {
    const std::vector<InterfaceAddress> addresses = *host_.api().network.addresses();
    for (const InterfaceAddress& one : addresses) {
      if (one.ip.is_ipv4() == remote.ip.is_ipv4()) return one.ip;
    }
    return std::nullopt;
  }

  std::string printed;
  std::string errors;

 private:
  void print(std::string_view text) override { printed += text; }
  void print_error(std::string_view text) override { errors += text; }

  sim::World& world_;
  sim::SimHost& host_;
};

}  // namespace floe::probes::test
