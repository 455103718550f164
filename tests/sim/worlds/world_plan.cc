#include "worlds/world_plan.h"

#include <algorithm>

#include "worlds/plan_draws.h"

namespace floe::sim {
namespace {

constexpr std::size_t kInterfacesMax = 3;
constexpr std::size_t kCandidatesMin = 3;
/// Disturbances begin within this time of the beginning.
constexpr std::chrono::milliseconds kDisturbedFor = 40s;

const NetworkKind& kind_of(const SitePlan& site) {
  return network_kinds()[site.kind];
}

/// That a host at the site will have, with STUN servers.
std::size_t candidates_at(const SitePlan& site) {
  const NetworkKind& kind = kind_of(site);
  const bool is_reflexive = !kind.has_public_ipv4() && !kind.blocks_udp();
  const std::size_t ipv4 = is_reflexive ? 2 : 1;
  switch (site.versions) {
    case IpVersions::v4:
      return ipv4;
    case IpVersions::v6:
      return 1;
    case IpVersions::both:
      return ipv4 + 1;
  }
  return 0;
}

SitePlan draw_site(PlanDraws& draws) {
  constexpr std::array kVersions{IpVersions::v4, IpVersions::v4, IpVersions::v6, IpVersions::both};
  return {draws.below(kNetworkKindCount), draws.one_of(kVersions)};
}

Link draw_link(PlanDraws& draws, bool has_loss) {
  Link link;
  link.delay = draws.between(1ms, draws.once_in(4) ? 150ms : 30ms);
  if (has_loss) link.loss_ppm = draws.ppm_up_to(20);
  if (draws.once_in(3)) link.jitter = draws.between(1ms, 30ms);
  if (draws.once_in(4)) link.duplicate_ppm = draws.ppm_up_to(5);
  if (draws.once_in(4)) {
    link.reorder_ppm = draws.ppm_up_to(10);
    link.reorder_delay = draws.between(5ms, 60ms);
  }
  return link;
}

ice::AgentConfig draw_agent(PlanDraws& draws, Duration ta) {
  using ice::NominationMode;
  constexpr std::array kModes{NominationMode::regular,      NominationMode::regular,
                              NominationMode::regular,      NominationMode::regular,
                              NominationMode::renomination, NominationMode::renomination,
                              NominationMode::aggressive};
  constexpr std::array kTas{50ms, 50ms, 50ms, 20ms, 5ms};
  ice::AgentConfig agent;
  agent.nomination = draws.one_of(kModes);
  agent.pacing.ta = draws.one_of(kTas);
  agent.pacing.strict = draws.once_in(8);
  if (ta != Duration::zero()) agent.pacing.ta = ta;
  return agent;
}

/// Mostly one of each; now and then both ends think that they decide, or that the other does.
void draw_roles(PlanDraws& draws, WorldPlan& plan) {
  const bool left_controls = draws.once_in(2);
  const bool equal = draws.once_in(4);
  const bool right_controls = equal ? left_controls : !left_controls;
  plan.sides[0].agent.role = left_controls ? ice::Role::controlling : ice::Role::controlled;
  plan.sides[1].agent.role = right_controls ? ice::Role::controlling : ice::Role::controlled;
}

/// Adds sites until the side has enough candidates. The first may be the other side's.
void draw_interfaces(PlanDraws& draws, WorldPlan& plan, std::size_t side, bool has_loss) {
  std::size_t candidates = 0;
  std::vector<InterfacePlan>& interfaces = plan.sides[side].interfaces;
  while (interfaces.size() < kInterfacesMax &&
         (candidates < kCandidatesMin || (interfaces.size() == 1 && draws.once_in(5)))) {
    const bool is_shared = side == 1 && interfaces.empty() && draws.once_in(12);
    if (!is_shared) plan.sites.push_back(draw_site(draws));
    const std::size_t site = is_shared ? 0 : plan.sites.size() - 1;
    const bool is_last = interfaces.size() + 1 == kInterfacesMax;
    if (is_last) plan.sites[site].versions = IpVersions::both;
    interfaces.push_back({site, draw_link(draws, has_loss)});
    candidates += candidates_at(plan.sites[site]);
  }
}

/// A lite agent belongs where it can be reached unasked.
void make_lite(WorldPlan& plan, std::size_t side) {
  plan.sides[side].agent.implementation = ice::Implementation::lite;
  plan.sites[plan.sides[side].interfaces.front().site].kind = 0;
}

Disturbance draw_disturbance(PlanDraws& draws, Happening what) {
  Disturbance disturbance;
  disturbance.what = what;
  disturbance.side = draws.below(2);
  // Half of them while the agents are still connecting.
  disturbance.at = draws.between(0ms, draws.once_in(2) ? 2s : kDisturbedFor);
  disturbance.lasts = draws.between(10ms, draws.once_in(4) ? 45s : 8s);
  return disturbance;
}

void draw_disturbances(PlanDraws& draws, WorldPlan& plan) {
  constexpr std::array kOthers{Happening::address_change,   Happening::interface_loss,
                               Happening::outage,           Happening::sleep,
                               Happening::nat_reboot,       Happening::nat_reboot,
                               Happening::signalling_outage};
  if (draws.once_in(5)) {
    const Happening restart = draws.once_in(3) ? Happening::both_restart : Happening::restart;
    plan.disturbances.push_back(draw_disturbance(draws, restart));
  }
  while (draws.once_in(3)) {
    plan.disturbances.push_back(draw_disturbance(draws, draws.one_of(kOthers)));
  }
}

bool needs_restarts(const WorldPlan& plan) {
  const auto is_aggressive = [](const SidePlan& side) {
    return side.agent.nomination == ice::NominationMode::aggressive;
  };
  return std::ranges::any_of(plan.sides, is_aggressive) ||
         std::ranges::count(plan.disturbances, Happening::nat_reboot, &Disturbance::what) > 0;
}

}  // namespace

bool WorldPlan::is_quiet() const {
  if (relay && relay->forgets_at) return false;
  return disturbances.empty() && std::ranges::all_of(sides, [](const SidePlan& side) {
           return std::ranges::all_of(side.interfaces, [](const InterfacePlan& interface) {
             return interface.link.loss_ppm == 0;
           });
         });
}

Duration WorldPlan::disturbed_for() const {
  Duration end{};
  for (const Disturbance& disturbance : disturbances) {
    end = std::max(end, disturbance.at + disturbance.lasts);
  }
  if (relay && relay->forgets_at) end = std::max(end, *relay->forgets_at);
  return end;
}

WorldPlan draw_plan(std::uint64_t seed, Duration ta) {
  PlanDraws draws(seed);
  WorldPlan plan;
  const bool has_loss = !draws.once_in(4);
  for (SidePlan& side : plan.sides) side.agent = draw_agent(draws, ta);
  draw_roles(draws, plan);
  for (std::size_t side = 0; side < plan.sides.size(); ++side) {
    draw_interfaces(draws, plan, side, has_loss);
    plan.sides[side].trickle = !draws.once_in(5);
    plan.sides[side].signalling_delay =
        draws.once_in(10) ? draws.between(1s, 20s) : draws.between(1ms, 300ms);
    plan.sides[side].data_interval = draws.between(500ms, 5s);
  }
  const ice::ComponentId components = draws.once_in(8) ? 2 : 1;
  const std::uint8_t streams = draws.once_in(16) ? 2 : 1;
  for (SidePlan& side : plan.sides) {
    side.agent.components = components;
    side.agent.streams = streams;
  }
  if (draws.once_in(12)) make_lite(plan, draws.below(2));
  plan.shared_pacer = draws.once_in(10);
  plan.silent_stun = draws.once_in(20);
  draw_disturbances(draws, plan);
  plan.restarts_when_lost = draws.once_in(2) || needs_restarts(plan);
  // Last, so that what was drawn before does not depend on it.
  if (draws.once_in(3)) plan.relay = draw_relay(draws);
  if (plan.relay && plan.relay->forgets_at) plan.restarts_when_lost = true;
  return plan;
}

}  // namespace floe::sim
