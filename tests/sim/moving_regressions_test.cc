// What random worlds that move found wrong with agents, made small.
#include <algorithm>
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "check_list.h"
#include "peer.h"

using namespace floe;
using namespace floe::sim;

namespace {

const PeerOptions kDefault;

PeerOptions controlled(ice::Implementation implementation = ice::Implementation::full) {
  PeerOptions options;
  options.agent.role = ice::Role::controlled;
  options.agent.implementation = implementation;
  return options;
}

/// Two ends in the open, each with an interface for each version of IP, over IPv6, which is slower:
/// the pair of IPv4 works before, and is the spare one.
struct DualScene {
  explicit DualScene(const PeerOptions& left_options, const PeerOptions& right_options = {},
                     bool right_has_ipv4 = true, std::uint64_t seed = Catch::getSeed())
      : world(seed),
        left(world, host("left", 10, true), left_options),
        right(world, host("right", 20, right_has_ipv4), right_options) {
    start(left, right);
    REQUIRE(world.run_until([&] { return are_connected(); }, 5s));
    REQUIRE_FALSE(left.agent().selected_pair(1)->local.base.ip.is_ipv4());
  }

  SimHost& host(std::string name, std::uint8_t number, bool has_ipv4) {
    SimHost& host = world.add_host(std::move(name));
    const std::string end = std::to_string(number);
    host.add_interface("v6", world.internet(), {*IpAddress::parse("2001:db8:1::" + end)},
                       Link{.delay = 30ms});
    if (has_ipv4) host.add_interface("v4", world.internet(), {IpAddress::v4(192, 0, 2, number)});
    return host;
  }

  bool are_connected() const { return left.connected() && right.connected(); }
  static bool failed(const Peer& peer) {
    return std::ranges::count(peer.states(), ice::State::failed) > 0;
  }
  /// Both send for so long.
  void talk(Duration span) {
    for (const Timestamp end = world.now() + span; world.now() < end; world.run_for(200ms)) {
      for (Peer* peer : {&left, &right}) (void)peer->send("data");
    }
  }
  static TransportAddress ipv4_of(const Peer& peer) {
    for (const ice::Candidate& candidate : peer.agent().local_candidates()) {
      if (candidate.base.ip.is_ipv4()) return candidate.base;
    }
    return {};
  }
  void lose_ipv6_of_left() {
    left.host().remove_interface("v6");
    world.run_for(1ms);
  }
  void set_right_up(bool is_up) {
    for (const char* name : {"v6", "v4"}) right.host().interface(name)->link().is_up = is_up;
  }

  World world;
  Peer left;
  Peer right;
};

}  // namespace

// World 21: it failed at once, because it had another address that it had not tried.
TEST_CASE("a lite agent that loses one of two addresses waits for its peer", "[ice][sim]") {
  DualScene scene(controlled(ice::Implementation::lite), kDefault);
  scene.talk(5s);
  scene.lose_ipv6_of_left();
  // Nobody sends data, so the peer misses an answer at its next consent request: up to 6 s (RFC
  // 7675, section 5.1).
  CHECK(scene.world.run_until([&] { return scene.left.connected(); }, 10s));
  CHECK(scene.left.agent().selected_pair(1)->local.base.ip.is_ipv4());
  CHECK_FALSE(DualScene::failed(scene.left));
}

// World 129: the same of a full agent whose peer has no address of the other version.
TEST_CASE("an agent that is left with addresses that fit none of its peer's waits for another",
          "[ice][sim]") {
  DualScene scene(controlled(), kDefault, false);
  scene.talk(5s);
  scene.lose_ipv6_of_left();
  scene.world.run_for(20s);
  CHECK(scene.left.agent().state() == ice::State::disconnected);
  SECTION("it comes") {
    scene.left.host().add_interface("new", scene.world.internet(),
                                    {*IpAddress::parse("2001:db8:1::11")});
    CHECK(scene.world.run_until([&] { return scene.left.connected(); }, 1s));
    CHECK_FALSE(DualScene::failed(scene.left));
  }
  SECTION("none comes") {
    scene.world.run_for(11s);
    CHECK(DualScene::failed(scene.left));
  }
}

// World 1114: what was checked before it slept says nothing of the time when it wakes.
TEST_CASE("an agent that wakes after its consent expired tries its other pairs", "[ice][sim]") {
  DualScene scene(kDefault, controlled(ice::Implementation::lite));
  scene.talk(5s);
  scene.set_right_up(false);
  scene.talk(10s);
  scene.left.host().fall_asleep();
  scene.world.run_for(15s);
  scene.set_right_up(true);
  scene.world.run_for(15s);
  scene.left.host().wake();
  scene.world.run_for(1ms);
  CHECK(scene.world.run_until([&] { return scene.left.connected(); }, 5s));
  CHECK(scene.left.agent().selected_pair(1)->local.base.ip.is_ipv4());
}

// World 100227: it had answered last 30 s ago, since nobody had asked it, and counted as silent.
TEST_CASE("a spare pair that was not asked lately is tried when the selected one is lost",
          "[ice][sim]") {
  for (int i = 0; i < 16; ++i) {
    CAPTURE(i);
    DualScene scene(kDefault, controlled());
    const ice::CheckList& pairs = scene.left.agent().check_list();
    const auto spare =
        pairs.find({DualScene::ipv4_of(scene.left), DualScene::ipv4_of(scene.right)});
    REQUIRE(spare);
    REQUIRE(pairs.at(*spare).is_valid());
    scene.talk(pairs.at(*spare).last_response_at + 29s + i * 200ms - scene.world.now());
    scene.lose_ipv6_of_left();
    CHECK(scene.world.run_until([&] { return scene.are_connected(); }, 5s));
    CHECK_FALSE(DualScene::failed(scene.left));
  }
}

// World 1223: the checks of pairs that had been given up went on, and nobody heeded the answers.
TEST_CASE("an agent that has failed sends no more checks", "[ice][sim]") {
  DualScene scene(kDefault, controlled());
  scene.talk(5s);
  scene.set_right_up(false);
  scene.talk(31s);
  REQUIRE(scene.left.agent().state() == ice::State::failed);
  const auto sent = scene.left.host().datagrams_sent();
  scene.world.run_for(60s);
  CHECK(scene.left.host().datagrams_sent() == sent);
}

// A day of 30 % loss: six consent requests in 30 s, and their answers, are all lost now and then.
// Three in ten, each way: half of the questions stay without an answer. From the second request on
// they are repeated, so that some twenty fit into the 30 s of RFC 7675.
TEST_CASE("loss of three in ten does not cost consent", "[ice][sim]") {
  DualScene scene(kDefault, controlled(), true, GENERATE(1u, 2u, 3u));
  scene.left.host().interface("v6")->link().loss_ppm = 300'000;
  scene.left.host().remove_interface("v4");
  scene.talk(3600s);
  CHECK_FALSE(DualScene::failed(scene.left));
  CHECK_FALSE(DualScene::failed(scene.right));
}

// World 28654022097: its pairs were worth less than those of all bridges, and found no room.
TEST_CASE("a network that takes the place of another is tried before bridges", "[ice][sim]") {
  World world{Catch::getSeed()};
  const auto add_host = [&](std::string name, std::uint8_t number) -> SimHost& {
    SimHost& host = world.add_host(std::move(name));
    host.add_interface("v4", world.internet(), {IpAddress::v4(192, 0, 2, number)});
    for (std::uint8_t i = 0; i < 8; ++i) {
      const auto subnet = static_cast<std::uint8_t>(17 + i);
      const std::string bridge = "br" + std::to_string(i);
      Network& network =
          world.add_network(host.name() + bridge, {Prefix(IpAddress::v4(172, subnet, 0, 0), 16)});
      host.add_interface(bridge, network, {IpAddress::v4(172, subnet, 0, 1)});
    }
    return host;
  };
  PeerOptions options = kDefault;
  options.recovers = true;
  options.agent.components = 2;
  Peer left(world, add_host("left", 10), options);
  options.agent.role = ice::Role::controlled;
  Peer right(world, add_host("right", 20), options);
  const auto are_connected = [&] { return left.connected() && right.connected(); };
  start(left, right);
  REQUIRE(world.run_until(are_connected, 5s));
  world.run_for(1s);
  left.host().remove_interface("v4");
  left.restart();
  world.run_for(3s);
  left.host().add_interface("new", world.internet(), {IpAddress::v4(192, 0, 2, 11)});
  CHECK(world.run_until(are_connected, 30s));
  CHECK(left.agent().selected_pair(1)->local.base.ip == IpAddress::v4(192, 0, 2, 11));
}
