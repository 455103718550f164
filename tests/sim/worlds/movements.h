// Carries out what happens in moving worlds only.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "floe/sim/public_stun.h"
#include "worlds/world_plan.h"

namespace floe::sim {

class Movements {
 public:
  /// What is passed must outlive it. `plan` follows the interfaces.
  Movements(World& world, std::vector<std::unique_ptr<Site>>& sites, WorldPlan& plan)
      : world_(world), sites_(sites), plan_(plan) {}

  /// Interfaces that lead nowhere, such as those of containers; each host has the same addresses.
  void add_bridges(SimHost& host, std::uint8_t count);
  /// Another interface takes the place of the first one, which goes later. `place` is free.
  void move_ahead(SimHost& host, const Disturbance& move, std::uint8_t place);
  void move_nat(const Disturbance& move);

 private:
  World& world_;
  std::vector<std::unique_ptr<Site>>& sites_;
  WorldPlan& plan_;
  std::size_t new_interfaces_ = 0;
};

}  // namespace floe::sim
