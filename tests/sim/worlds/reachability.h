// Who can reach whom without a relay, by what RFC 4787 says of the NATs in between. It is what the
// matrix of tests/sim/nat_matrix_test.cc says in a table, for worlds that nobody has a table of.
#pragma once

#include "worlds/world_plan.h"

namespace floe::sim {

/// Whether some pair of candidates works, when nothing is lost.
bool can_connect(const WorldPlan& plan);

/// What a relay does to that.
enum class Joining : std::uint8_t {
  never,   ///< there is none that works
  maybe,   ///< it depends on what the peers learn of each other
  always,  ///< where nothing is lost
};
Joining joining_of(const WorldPlan& plan);

}  // namespace floe::sim
