// What random worlds and the matrix found wrong with agents, made small.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

#include "peer.h"
#include "public_stun.h"

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
