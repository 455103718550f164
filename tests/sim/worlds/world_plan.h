// What a seed means: everything about a random world that is decided before it begins.
//
// A plan is drawn once, then carried out; so it can be printed, and the draws of one part of it do
// not depend on what happens in another.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "floe/ice/agent_config.h"
#include "floe/sim/site.h"
#include "worlds/relay_plan.h"

namespace floe::sim {

struct SitePlan {
  std::size_t kind = 0;  ///< its place in network_kinds()
  IpVersions versions = IpVersions::both;
};

/// An interface of a host at one of the plan's sites.
struct InterfacePlan {
  std::size_t site = 0;
  Link link = {};
  std::string name = {};  ///< given when the world is built
};

struct SidePlan {
  ice::AgentConfig agent = {};
  bool trickle = true;
  std::vector<InterfacePlan> interfaces = {};
  Duration signalling_delay = 10ms;  ///< of what it says
  Duration data_interval = 1s;
  std::uint8_t bridges = 0;  ///< interfaces that lead nowhere
};

/// What may happen to a world after it has begun.
enum class Happening : std::uint8_t {
  restart,            ///< one side begins a new generation
  both_restart,       ///< both do, before they hear of each other's
  address_change,     ///< the first interface of one side gets other addresses
  interface_loss,     ///< the last interface of one side is gone, and comes back
  outage,             ///< the first link of one side is down for a while
  sleep,              ///< one host sleeps
  nat_reboot,         ///< the NATs of one side's first site forget their mappings
  signalling_outage,  ///< what one side says is held up
  // Of moving worlds only:
  address_ahead,  ///< another address comes, and the first interface of one side goes later
  nat_moves,      ///< the provider gives the first site of one side another public address
  servers_away,   ///< the STUN and TURN servers are away for a while
};
std::string_view to_text(Happening happening);

struct Disturbance {
  Happening what = Happening::restart;
  std::size_t side = 0;
  Duration at{};
  Duration lasts{};
  std::size_t target = 0;  ///< address_ahead: the interface whose site the new one joins
};

struct WorldPlan {
  std::vector<SitePlan> sites = {};
  std::array<SidePlan, 2> sides = {};
  bool shared_pacer = false;
  bool silent_stun = false;  ///< the servers answer nobody
  /// The applications restart ICE when a path is lost for good. Always when a NAT forgets its
  /// mappings, or nominations are those of RFC 5245: then ICE has no other answer.
  bool restarts_when_lost = false;
  /// Moving worlds: the connections restart by themselves, and the paths are checked.
  bool recovers = false;
  bool is_moving = false;
  bool encrypts = false;  ///< not drawn: the same worlds are run either way
  /// Whether the handshake of a side may ride in checks; both have to. Not drawn either.
  std::array<bool, 2> sped = {};
  std::vector<Disturbance> disturbances = {};
  std::optional<RelayPlan> relay = {};

  /// No disturbance, no loss: then whatever can connect must.
  bool is_quiet() const;
  /// When the last disturbance is over, seen from the beginning.
  Duration disturbed_for() const;
};

/// `ta` replaces the drawn one unless it is zero.
WorldPlan draw_plan(std::uint64_t seed, Duration ta = {});

/// A world whose ends move, again and again: see moving_plan.cc.
WorldPlan draw_moving_plan(std::uint64_t seed, Duration ta = {});

/// A few lines for people.
std::string to_text(const WorldPlan& plan);

}  // namespace floe::sim
