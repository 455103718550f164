#include "worlds/reachability.h"

#include <algorithm>

namespace floe::sim {
namespace {

/// What stands before an IPv4 host, as one NAT: of two in a row the worse decides.
struct Front {
  Dependence mapping = Dependence::endpoint_independent;
  Dependence filtering = Dependence::endpoint_independent;
};

Front front_of(const NetworkKind& kind) {
  Front front;
  for (const auto& nat : {kind.home, kind.carrier}) {
    if (!nat) continue;
    front.mapping = std::max(front.mapping, nat->mapping);
    front.filtering = std::max(front.filtering, nat->filtering);
  }
  if (kind.has_public_ipv4() && kind.firewall) front.filtering = kind.firewall->filtering;
  return front;
}

/// A mapping that depends on the far end is known to nobody but whom it was made for, who must let
/// it in although it was not signalled.
bool punches(const Front& from, const Front& to) {
  if (to.mapping != Dependence::endpoint_independent) return false;
  return from.mapping == Dependence::endpoint_independent ||
         to.filtering != Dependence::address_and_port_dependent;
}

bool meet_over_ipv4(const NetworkKind& a, const NetworkKind& b, bool have_servers) {
  if (a.is_open() || b.is_open()) return true;
  if (!have_servers) return a.has_public_ipv4() && b.has_public_ipv4();
  return punches(front_of(a), front_of(b)) || punches(front_of(b), front_of(a));
}

bool can_meet(const SitePlan& left, const SitePlan& right, bool have_servers) {
  const NetworkKind& a = network_kinds()[left.kind];
  const NetworkKind& b = network_kinds()[right.kind];
  if (a.blocks_udp() || b.blocks_udp()) return false;
  const bool both_ipv6 = left.versions != IpVersions::v4 && right.versions != IpVersions::v4;
  const bool both_ipv4 = left.versions != IpVersions::v6 && right.versions != IpVersions::v6;
  return both_ipv6 || (both_ipv4 && meet_over_ipv4(a, b, have_servers));
}

/// A lite agent sends nothing of its own accord, so nothing may have to be opened for it.
bool may_be_found(const SidePlan& side, const SitePlan& site) {
  return side.agent.implementation == ice::Implementation::full ||
         network_kinds()[site.kind].is_open();
}

}  // namespace

bool can_connect(const WorldPlan& plan) {
  for (const InterfacePlan& left : plan.sides[0].interfaces) {
    for (const InterfacePlan& right : plan.sides[1].interfaces) {
      if (left.site == right.site) return true;
      const SitePlan& a = plan.sites[left.site];
      const SitePlan& b = plan.sites[right.site];
      const bool findable = may_be_found(plan.sides[0], a) && may_be_found(plan.sides[1], b);
      if (findable && can_meet(a, b, !plan.silent_stun)) return true;
    }
  }
  return false;
}

Joining joining_of(const WorldPlan& plan) {
  if (!plan.relay) return Joining::never;
  // Its answer to an Allocate tells the public address, where the STUN servers are silent.
  const bool tells_address = plan.silent_stun && plan.relay->mood == RelayMood::forbids;
  if (!plan.relay->works()) return tells_address ? Joining::maybe : Joining::never;
  // To have a permission a peer must be known by its public address, which a server told it; and a
  // lite one has to be reached there unasked.
  if (plan.silent_stun || plan.relay->mood == RelayMood::sends_on) return Joining::maybe;
  for (const SidePlan& side : plan.sides) {
    if (side.agent.implementation == ice::Implementation::lite) return Joining::maybe;
    if (side.agent.components > 1 || side.agent.streams > 1) return Joining::maybe;
    for (const InterfacePlan& interface : side.interfaces) {
      const SitePlan& site = plan.sites[interface.site];
      const bool is_limited = network_kinds()[site.kind].blocks_udp();
      if (is_limited || site.versions == IpVersions::v6) return Joining::maybe;
    }
  }
  return Joining::always;
}

}  // namespace floe::sim
