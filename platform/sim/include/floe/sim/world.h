// A network in memory: hosts joined by links, one virtual clock, every draw from one seed.
//
// It moves packets and lets time pass; who the hosts are is the business of whoever uses it. Two
// worlds of the same seed to which the same is done have the same trace, whatever they were
// compiled with.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "floe/sim/event_queue.h"
#include "floe/sim/sim_host.h"
#include "floe/sim/trace.h"

namespace floe::sim {

class World {
 public:
  explicit World(std::uint64_t seed) : random_(seed) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// The host lives as long as the world.
  SimHost& add_host(std::string name, std::vector<IpAddress> addresses, const Link& link = {});

  Timestamp now() const { return queue_.now(); }
  void schedule(Timestamp at, EventQueue::Action action) { queue_.schedule(at, std::move(action)); }

  /// Until `done` or until `limit` of virtual time has passed; whether it is done.
  bool run_until(const std::function<bool()>& done, Duration limit);
  void run_for(Duration span);

  Trace& trace() { return trace_; }
  RandomSource& random() { return random_; }

 private:
  friend class SimHost;

  void transmit(SimHost& from, const SocketAddress& source, const SocketAddress& destination,
                Bytes payload);
  SimHost* owner_of(const IpAddress& ip);
  bool is_lost_on(const Link& link);

  EventQueue queue_;
  SeededRandom random_;
  Trace trace_;
  std::vector<std::unique_ptr<SimHost>> hosts_;
};

}  // namespace floe::sim
