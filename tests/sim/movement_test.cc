// Agents on hosts that sleep, move and restart, and signalling that breaks.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

#include "floe/sim/site.h"
#include "peer.h"

using namespace floe;
using namespace floe::sim;

namespace {

struct Pair {
  explicit Pair(std::string_view kind = "open", bool trickle = true)
      : site(world, network_kind(kind), IpVersions::v4, 1),
        left(world, site.add_host("left"), options(ice::Role::controlling, trickle)),
        right(world, site.add_host("right"), options(ice::Role::controlled, trickle)) {}

  static PeerOptions options(ice::Role role, bool trickle) {
    PeerOptions result;
    result.agent.role = role;
    result.trickle = trickle;
    return result;
  }

  bool connect(Duration limit = 5s) {
    start(left, right);
    return both_connected(limit);
  }
  bool both_connected(Duration limit) {
    return world.run_until([&] { return left.connected() && right.connected(); }, limit);
  }

  World world{Catch::getSeed()};
  Site site;
  Peer left;
  Peer right;
};

}  // namespace

TEST_CASE("agents that do not trickle connect with what their descriptions carry", "[ice][sim]") {
  Pair pair("open", false);
  CHECK(pair.connect());
}

TEST_CASE("a restart pairs new credentials, and data goes on meanwhile", "[ice][sim]") {
  Pair pair;
  REQUIRE(pair.connect());
  const ice::Credentials before = pair.left.agent().local_credentials();
  const ice::Credentials peers_before = pair.right.agent().local_credentials();
  pair.left.restart();
  CHECK(pair.left.send("meanwhile"));
  REQUIRE(pair.world.run_until(
      [&] {
        return pair.left.agent().remote_credentials() &&
               *pair.left.agent().remote_credentials() != peers_before;
      },
      1s));
  CHECK(pair.both_connected(5s));
  CHECK(pair.left.agent().local_credentials() != before);
  CHECK(pair.right.agent().remote_credentials() == pair.left.agent().local_credentials());
  CHECK(pair.right.received() == std::vector<std::string>{"meanwhile"});
}

TEST_CASE("agents whose signalling was down connect when it comes back", "[ice][sim]") {
  Pair pair;
  start(pair.left, pair.right);
  pair.left.signalling_path().set_up(false);
  pair.left.restart();  // while nobody hears it
  pair.world.run_for(5s);
  CHECK_FALSE(pair.left.connected());
  pair.left.signalling_path().set_up(true);
  CHECK(pair.both_connected(10s));
}

TEST_CASE("an agent that slept past its consent sends nothing when it wakes", "[ice][sim]") {
  Pair pair;
  REQUIRE(pair.connect());
  pair.left.host().fall_asleep();
  pair.world.run_for(60s);
  const auto sent = pair.left.host().datagrams_sent();
  pair.left.host().wake();
  pair.world.run_for(0ms);
  CHECK_FALSE(pair.left.send("is anybody there"));
  CHECK(pair.left.agent().state() == ice::State::failed);
  CHECK(pair.left.host().datagrams_sent() == sent);
  CHECK(pair.right.agent().state() == ice::State::failed);
}

TEST_CASE("an agent that slept a moment is connected when it wakes", "[ice][sim]") {
  Pair pair;
  REQUIRE(pair.connect());
  pair.left.host().fall_asleep();
  pair.world.run_for(10s);
  pair.left.host().wake();
  pair.world.run_for(6s);
  CHECK(pair.left.connected());
  CHECK(pair.right.connected());
  CHECK(pair.left.send("awake"));
}

TEST_CASE("an agent whose only address goes has no path, and has failed when the peer has",
          "[ice][sim]") {
  Pair pair;
  REQUIRE(pair.connect());
  pair.left.host().remove_interface("eth0");
  pair.world.run_for(0ms);
  CHECK_FALSE(pair.left.send("gone"));
  CHECK(pair.left.agent().state() == ice::State::disconnected);
  pair.world.run_for(31s);
  CHECK(pair.left.agent().state() == ice::State::failed);
  CHECK(pair.right.agent().state() == ice::State::failed);
}

TEST_CASE("a NAT that restarts takes the path of two agents with it, and a check makes another",
          "[ice][sim]") {
  World world(Catch::getSeed());
  Site home(world, network_kind("full cone"), IpVersions::v4, 1);
  Site open(world, network_kind("open"), IpVersions::v4, 2);
  Peer left(world, home.add_host("left"), Pair::options(ice::Role::controlling, true));
  Peer right(world, open.add_host("right"), Pair::options(ice::Role::controlled, true));
  start(left, right);
  REQUIRE(world.run_until([&] { return left.connected() && right.connected(); }, 5s));
  world.run_for(1s);  // until nothing is under way
  home.home_nat()->reboot();
  CHECK(right.send("nobody forwards this"));
  world.run_for(1s);
  CHECK(left.received().empty());
  // The port is kept, so the next consent check of the side behind the NAT opens the same mapping.
  world.run_for(6s);
  CHECK(right.send("again"));
  world.run_for(1s);
  CHECK(left.received() == std::vector<std::string>{"again"});
}
