// A network in memory: hosts, links, NATs and firewalls, one virtual clock, every draw from one
// seed.
//
// It moves packets and lets time pass; the test that uses it decides which hosts there are. Two
// worlds with the same seed and the same calls have the same trace, with every compiler. Nothing
// here waits: a minute of virtual time costs only the events in it.
//
//   World world(seed);
//   Network& home = world.add_network("home", {*Prefix::parse("192.168.1.0/24")});
//   world.add_nat("router", home, world.internet(), IpAddress::v4(203, 0, 113, 1),
//                 Nat::port_restricted());
//   SimHost& laptop = world.add_host("laptop", home, {IpAddress::v4(192, 168, 1, 2)});
//   SimHost& server = world.add_host("server", {IpAddress::v4(192, 0, 2, 1)}, Link{.delay = 20ms});
//
//   Host api = laptop.api();                      // for a driver: sockets, timers, clock, random
//   auto socket = api.datagram_sockets.open({IpAddress::v4(192, 168, 1, 2)}, listener);
//   world.run_until([&] { return listener.has_heard(); }, 10s);
//   for (const std::string& line : world.trace().lines()) puts(line.c_str());
//
// Networks nest to any depth: a NAT may stand between a home and a carrier's network, and another
// between that and the internet. Several boxes may stand side by side, such as a NAT for IPv4 and a
// firewall for IPv6.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/sim/firewall_box.h"
#include "floe/sim/nat64_box.h"
#include "floe/sim/nat_box.h"
#include "floe/sim/sim_host.h"

namespace floe::sim {

inline constexpr std::uint32_t kEventsAtOnceMax = 100'000;

/// Is told after each event: for checkers.
class StepWatcher {
 public:
  virtual void on_step() = 0;

 protected:
  ~StepWatcher() = default;
};

class World {
 public:
  explicit World(std::uint64_t seed);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Networks, boxes and hosts; they live as long as the world -----------------------------------

  /// The root network: its addresses are public.
  Network& internet() { return *networks_.front(); }
  Network& add_network(std::string name, std::vector<Prefix> prefixes);

  NatBox& add_nat(const std::string& name, Network& inside, Network& outside,
                  const IpAddress& external, const Nat& nat);
  /// `inside` is an IPv6 network.
  Nat64Box& add_nat64(const std::string& name, Network& inside, Network& outside,
                      const IpAddress& external, const Nat& nat,
                      const Nat64Prefix& prefix = Nat64Prefix());
  /// Adds a firewall for the address families that `inside` has prefixes of, or for `only`.
  FirewallBox& add_firewall(const std::string& name, Network& inside, Network& outside,
                            const Firewall& firewall, std::optional<Family> only = std::nullopt);

  /// Adds a host without an interface.
  SimHost& add_host(std::string name);
  /// Adds a host with one interface, "eth0".
  SimHost& add_host(std::string name, Network& network, std::vector<IpAddress> addresses,
                    const Link& link = {});
  /// Adds a host with one interface, "eth0", on the internet.
  SimHost& add_host(std::string name, std::vector<IpAddress> addresses, const Link& link = {}) {
    return add_host(std::move(name), internet(), std::move(addresses), link);
  }

  // Time ----------------------------------------------------------------------------------------

  Timestamp now() const { return queue_.now(); }
  void schedule(Timestamp at, Calls::Action action) { calls_.schedule(at, std::move(action)); }

  /// Runs until `done` is true or `limit` of virtual time has passed; returns whether `done` is
  /// true. Also stops when kEventsAtOnceMax events have happened without time passing: an object
  /// keeps waking itself.
  bool run_until(const std::function<bool()>& done, Duration limit);
  void run_for(Duration span);
  /// Time stands still, and further runs do nothing.
  bool is_stuck() const { return events_at_once_ >= kEventsAtOnceMax; }

  // Observation ---------------------------------------------------------------------------------

  Trace& trace() { return trace_; }
  const Trace& trace() const { return trace_; }
  /// From now on every datagram is kept, for Wireshark.
  Capture& start_capture() { return traffic_.start_capture(); }
  RandomSource& random() { return random_; }
  /// Calls `watcher` after each event; watchers are called in the order in which they were added.
  /// `watcher` must outlive the world or be removed.
  void add_watcher(StepWatcher& watcher) { watchers_.push_back(&watcher); }
  void remove_watcher(StepWatcher& watcher) { std::erase(watchers_, &watcher); }
  /// Tells `watcher` of every datagram that a socket sends from now on, and of its fate. `watcher`
  /// must outlive the world or be removed, but not from inside its own functions.
  void add_packet_watcher(PacketWatcher& watcher) { traffic_.add_watcher(watcher); }
  void remove_packet_watcher(PacketWatcher& watcher) { traffic_.remove_watcher(watcher); }

 private:
  void step();

  EventQueue queue_;
  std::uint32_t events_at_once_ = 0;
  Alarms alarms_{queue_};
  Calls calls_{queue_};
  SeededRandom random_;
  Trace trace_;
  Traffic traffic_{queue_, random_, trace_};
  std::vector<StepWatcher*> watchers_;
  std::vector<std::unique_ptr<Network>> networks_;
  std::vector<std::unique_ptr<NatBox>> nats_;
  std::vector<std::unique_ptr<Nat64Box>> nat64s_;
  std::vector<std::unique_ptr<FirewallBox>> firewalls_;
  std::vector<std::unique_ptr<SimHost>> hosts_;
};

}  // namespace floe::sim
