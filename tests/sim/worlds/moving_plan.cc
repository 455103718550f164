// Worlds whose ends move: the hosts, networks and servers of draw_plan(), and one move after
// another for two minutes, with data every few hundred milliseconds.
#include <algorithm>

#include "worlds/plan_draws.h"
#include "worlds/world_plan.h"

namespace floe::sim {
namespace {

/// Another world than that of draw_plan() with this seed.
constexpr std::uint64_t kSalt = 0x6d6f'7669'6e67'2121;
constexpr std::size_t kMovesMost = 6;
constexpr std::chrono::milliseconds kMovesFor = 120s;

bool has_lite(const WorldPlan& plan) {
  return std::ranges::any_of(plan.sides, [](const SidePlan& side) {
    return side.agent.implementation == ice::Implementation::lite;
  });
}

void draw_sides(PlanDraws& draws, WorldPlan& plan) {
  for (SidePlan& side : plan.sides) {
    side.data_interval = draws.between(100ms, 800ms);
    if (draws.once_in(4)) side.bridges = static_cast<std::uint8_t>(1 + draws.below(12));
  }
  if (draws.once_in(5)) plan.sides[draws.below(2)].agent.components = 2;
  if (draws.once_in(8) && !has_lite(plan)) {
    // A lite agent belongs where it can be reached unasked.
    SidePlan& side = plan.sides[draws.below(2)];
    side.agent.implementation = ice::Implementation::lite;
    plan.sites[side.interfaces.front().site].kind = 0;
  }
}

Disturbance draw_move(PlanDraws& draws, const WorldPlan& plan) {
  constexpr std::array kMoves{
      Happening::address_ahead,  Happening::address_ahead, Happening::address_change,
      Happening::interface_loss, Happening::nat_reboot,    Happening::nat_reboot,
      Happening::nat_moves,      Happening::servers_away,  Happening::sleep,
      Happening::outage,         Happening::restart,       Happening::signalling_outage};
  Disturbance move;
  move.what = draws.one_of(kMoves);
  move.side = draws.below(2);
  move.at = draws.between(0ms, kMovesFor);
  move.lasts = draws.between(10ms, draws.once_in(4) ? 45s : 8s);
  if (move.what == Happening::sleep && draws.once_in(3)) move.lasts = draws.between(45s, 600s);
  move.target = draws.below(static_cast<std::uint32_t>(plan.sides[move.side].interfaces.size()));
  return move;
}

}  // namespace

WorldPlan draw_moving_plan(std::uint64_t seed, Duration ta) {
  WorldPlan plan = draw_plan(seed, ta);
  PlanDraws draws(seed ^ kSalt);
  plan.is_moving = true;
  plan.restarts_when_lost = false;
  plan.recovers = !draws.once_in(3);
  draw_sides(draws, plan);
  plan.disturbances.clear();
  const std::size_t moves = 1 + draws.below(kMovesMost);
  while (plan.disturbances.size() < moves) plan.disturbances.push_back(draw_move(draws, plan));
  return plan;
}

}  // namespace floe::sim
