#include "floe/sim/world.h"

namespace floe::sim {

World::World(std::uint64_t seed) : random_(seed) {
  add_network("internet", {});
}

Network& World::add_network(std::string name, std::vector<Prefix> prefixes) {
  networks_.push_back(std::make_unique<Network>(std::move(name), std::move(prefixes)));
  return *networks_.back();
}

NatBox& World::add_nat(const std::string& name, Network& inside, Network& outside,
                       const IpAddress& external, const Nat& nat) {
  nats_.push_back(std::make_unique<NatBox>(traffic_, name, inside, outside, external, nat));
  return *nats_.back();
}

Nat64Box& World::add_nat64(const std::string& name, Network& inside, Network& outside,
                           const IpAddress& external, const Nat& nat, const Nat64Prefix& prefix) {
  nat64s_.push_back(
      std::make_unique<Nat64Box>(traffic_, name, inside, outside, external, nat, prefix));
  return *nat64s_.back();
}

FirewallBox& World::add_firewall(const std::string& name, Network& inside, Network& outside,
                                 const Firewall& firewall, std::optional<Family> only) {
  firewalls_.push_back(
      std::make_unique<FirewallBox>(traffic_, name, inside, outside, firewall, only));
  return *firewalls_.back();
}

SimHost& World::add_host(std::string name) {
  const HostGround ground{traffic_, alarms_, calls_, trace_};
  hosts_.push_back(std::make_unique<SimHost>(ground, std::move(name), random_.next_u64()));
  return *hosts_.back();
}

SimHost& World::add_host(std::string name, Network& network, std::vector<IpAddress> addresses,
                         const Link& link) {
  SimHost& host = add_host(std::move(name));
  host.add_interface("eth0", network, std::move(addresses), link);
  return host;
}

void World::step() {
  const bool time_passes = queue_.next_at() > now();
  events_at_once_ = time_passes ? 0 : events_at_once_ + 1;
  if (is_stuck()) trace_.note(now(), "world", "time stands still");
  queue_.step();
  for (StepWatcher* watcher : watchers_) watcher->on_step();
}

bool World::run_until(const std::function<bool()>& done, Duration limit) {
  const Timestamp end = now() + limit;
  while (!done()) {
    if (is_stuck()) return false;
    if (queue_.next_at() > end) {
      queue_.advance_to(end);
      return done();
    }
    step();
  }
  return true;
}

void World::run_for(Duration span) {
  (void)run_until([] { return false; }, span);
}

}  // namespace floe::sim
