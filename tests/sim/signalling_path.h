// How what one peer signals reaches the other: in order, late, and never lost; as over a WebSocket.
//
// A host that sleeps hears it when it wakes. While the path is down it keeps what is said.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "floe/sim/world.h"

namespace floe::sim {

class SignallingPath {
 public:
  /// Both must outlive it, and it must outlive what it carries.
  SignallingPath(World& world, SimHost& receiver, Duration delay)
      : world_(world), receiver_(receiver), delay_(delay) {}

  void send(std::function<void()> message) {
    if (!is_up_) return kept_.push_back(std::move(message));
    receiver_.schedule(world_.now() + delay_, std::move(message));
  }

  void set_up(bool is_up) {
    is_up_ = is_up;
    if (!is_up) return;
    for (auto& message : std::exchange(kept_, {})) send(std::move(message));
  }

 private:
  World& world_;
  SimHost& receiver_;
  Duration delay_;
  bool is_up_ = true;
  std::vector<std::function<void()>> kept_;
};

}  // namespace floe::sim
