// What random worlds and the matrix found wrong with agents, made small.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

#include "floe/ice/limits.h"
#include "floe/sim/public_stun.h"
#include "peer.h"

using namespace floe;
using namespace floe::sim;

TEST_CASE("a lite agent that nobody can reach says so", "[ice][sim]") {
  World world(Catch::getSeed());
  PeerOptions options;
  Peer full(world, world.add_host("full", {IpAddress::v4(192, 0, 2, 1)}), options);
  options.agent.implementation = ice::Implementation::lite;
  Peer lite(world, world.add_host("lite", {IpAddress::v4(192, 0, 2, 2)}), options);
  full.host().link().is_up = false;
  start(full, lite);
  CHECK(world.run_until([&] { return lite.agent().state() == ice::State::failed; }, 60s));
}

// Each check that arrived caused another, and the oldest was forgotten before its answer came.
TEST_CASE("agents connect over long paths, with few checks", "[ice][sim]") {
  for (const Duration ta : {Duration(50ms), ice::kTaMin}) {
    for (const Duration delay : {10ms, 50ms, 140ms}) {  // of each of two links
      CAPTURE(ta.count(), delay.count());
      World world(Catch::getSeed());
      PeerOptions options;
      options.agent.pacing.ta = ta;
      const Link link{.delay = delay};
      Peer left(world, world.add_host("left", {IpAddress::v4(192, 0, 2, 1)}, link), options);
      options.agent.role = ice::Role::controlled;
      Peer right(world, world.add_host("right", {IpAddress::v4(192, 0, 2, 2)}, link), options);
      start(left, right);
      // The way there for the description, then two round trips and what is lost to other work.
      CHECK(
          world.run_until([&] { return left.connected() && right.connected(); }, 10 * delay + ta));
      CHECK(left.agent().counters().checks_sent <= 2 * ice::kAttemptsMax);
      CHECK(right.agent().counters().checks_sent <= 2 * ice::kAttemptsMax);
    }
  }
}

// One world in two: the tie-breaker decided it.
TEST_CASE("a lite agent that was told to control gives way before it knows its peer",
          "[ice][sim]") {
  for (std::uint64_t i = 0; i < 8; ++i) {
    World world(Catch::getSeed() + i);
    PeerOptions options;
    Peer full(world, world.add_host("full", {IpAddress::v4(192, 0, 2, 1)}), options);
    options.agent.implementation = ice::Implementation::lite;
    Peer lite(world, world.add_host("lite", {IpAddress::v4(192, 0, 2, 2)}), options);
    full.gather();
    lite.gather();
    lite.signal_to(full, 0ms);
    full.signal_to(lite, 3s);
    CHECK(world.run_until([&] { return full.connected(); }, 1s));
    CHECK(world.run_until([&] { return lite.connected(); }, 5s));
    CHECK(full.agent().counters().role_conflicts == 0);
  }
}
