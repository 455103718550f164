// A plan in words.
#include "worlds/world_plan.h"

namespace floe::sim {
namespace {

std::string ms_text(Duration duration) {
  return std::to_string(duration.count() / 1000) + " ms";
}

std::string percent_text(std::uint32_t ppm) {
  return std::to_string(ppm / 10'000) + '.' + std::to_string(ppm / 1000 % 10) + " %";
}

std::string_view to_text(ice::NominationMode mode) {
  switch (mode) {
    case ice::NominationMode::regular:
      return "regular";
    case ice::NominationMode::aggressive:
      return "aggressive";
    case ice::NominationMode::renomination:
      return "renomination";
  }
  return "?";
}

std::string to_text(const Link& link) {
  std::string text = "delay " + ms_text(link.delay);
  if (link.loss_ppm > 0) text += ", loss " + percent_text(link.loss_ppm);
  if (link.jitter > 0ms) text += ", jitter " + ms_text(link.jitter);
  if (link.duplicate_ppm > 0) text += ", duplicates " + percent_text(link.duplicate_ppm);
  if (link.reorder_ppm > 0) {
    text += ", " + percent_text(link.reorder_ppm) + " late by " + ms_text(link.reorder_delay);
  }
  return text;
}

std::string to_text(const SidePlan& side) {
  const ice::AgentConfig& agent = side.agent;
  std::string text(ice::to_text(agent.role));
  text += agent.implementation == ice::Implementation::lite ? ", lite, " : ", ";
  text += to_text(agent.nomination);
  text += " nomination, Ta " + ms_text(agent.pacing.ta);
  if (agent.pacing.strict) text += ", strict";
  if (agent.components > 1) text += ", " + std::to_string(agent.components) + " components";
  if (agent.streams > 1) text += ", " + std::to_string(agent.streams) + " streams";
  text += side.trickle ? ", trickles" : ", does not trickle";
  text += ", signals in " + ms_text(side.signalling_delay);
  return text + ", sends each " + ms_text(side.data_interval);
}

}  // namespace

std::string_view to_text(Happening happening) {
  switch (happening) {
    case Happening::restart:
      return "restart";
    case Happening::both_restart:
      return "both restart";
    case Happening::address_change:
      return "address change";
    case Happening::interface_loss:
      return "interface loss";
    case Happening::outage:
      return "outage";
    case Happening::sleep:
      return "sleep";
    case Happening::nat_reboot:
      return "NAT reboot";
    case Happening::signalling_outage:
      return "signalling outage";
    case Happening::address_ahead:
      return "address ahead";
    case Happening::nat_moves:
      return "NAT moves";
    case Happening::servers_away:
      return "servers away";
  }
  return "?";
}

std::string to_text(const WorldPlan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.sides.size(); ++i) {
    text += (i == 0 ? "left: " : "right: ") + to_text(plan.sides[i]) + "\n";
    if (plan.sides[i].bridges > 0) {
      text += "  with " + std::to_string(plan.sides[i].bridges) + " bridges\n";
    }
    for (const InterfacePlan& interface : plan.sides[i].interfaces) {
      const SitePlan& site = plan.sites[interface.site];
      text += "  at site " + std::to_string(interface.site + 1) + " (";
      text += network_kinds()[site.kind].name;
      text += ", ";
      text += to_text(site.versions);
      text += "): " + to_text(interface.link) + "\n";
    }
  }
  if (plan.shared_pacer) text += "both share a pacer\n";
  if (plan.silent_stun) text += "the STUN servers are silent\n";
  if (plan.relay) text += to_text(*plan.relay);
  if (plan.recovers) text += "both recover by themselves\n";
  if (plan.restarts_when_lost) text += "a lost path is restarted\n";
  for (const Disturbance& disturbance : plan.disturbances) {
    text += "after " + ms_text(disturbance.at) + " for " + ms_text(disturbance.lasts) + ": ";
    text += to_text(disturbance.what);
    text += disturbance.side == 0 ? ", left" : ", right";
    if (disturbance.what == Happening::address_ahead) {
      text += ", as its interface " + std::to_string(disturbance.target + 1);
    }
    text += "\n";
  }
  return text;
}

}  // namespace floe::sim
