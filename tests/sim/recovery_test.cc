// Ends that lose every path, and find each other again by themselves.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "call.h"
#include "encryption.h"
#include "floe/sim/network_kind.h"
#include "floe/sim/site.h"

using namespace floe;
using namespace floe::sim;

namespace {

/// Two ends in the open, each of which can move to another network there.
struct Scene {
  explicit Scene(bool recovers = true, bool encrypts = false)
      : world(Catch::getSeed()),
        open(world, network_kind("open"), IpVersions::v4, 1),
        other(world, network_kind("open"), IpVersions::v4, 2),
        left(world, open.add_host("left", Link{.delay = 5ms}),
             options(ice::Role::controlling, recovers, encrypts)),
        right(world, open.add_host("right", Link{.delay = 5ms}),
              options(ice::Role::controlled, recovers, encrypts)) {}

  static PeerOptions options(ice::Role role, bool recovers, bool encrypts) {
    PeerOptions options;
    options.agent.role = role;
    options.recovers = recovers;
    if (encrypts) options.security = encryption_of(role);
    return options;
  }
  /// Of DTLS, that either end began.
  std::size_t handshakes() const {
    std::size_t count = 0;
    for (const Peer* end : {&left, &right}) {
      if (end->security_checker() != nullptr) count += end->security_checker()->handshakes();
    }
    return count;
  }
  bool are_connected() const { return left.connected() && right.connected(); }
  /// `number` names the address in the other network.
  void move(Peer& peer, std::uint8_t number) {
    peer.host().remove_interface("eth0");
    other.attach(peer.host(), "wlan1", number, Link{.delay = 5ms});
  }

  World world;
  Site open;
  Site other;
  Peer left;
  Peer right;
};

}  // namespace

// Neither knows the other's new address, and after the end of candidates neither may signal it.
TEST_CASE("two ends that move at once meet again", "[ice][sim]") {
  const bool encrypts = GENERATE(false, true) && can_encrypt();
  Scene scene(true, encrypts);
  start(scene.left, scene.right);
  REQUIRE(scene.world.run_until([&] { return scene.are_connected(); }, 10s));
  scene.world.run_for(10s);
  Call call(scene.world, scene.left, scene.right);
  call.run_for(1s);
  scene.move(scene.left, 8);
  scene.move(scene.right, 9);
  call.begin_measuring();
  call.run_for(40s);
  CHECK(scene.are_connected());
  CHECK(call.gaps().longest() <= 12s);
  CHECK(scene.left.restarts_by_itself() + scene.right.restarts_by_itself() >= 1);
  CHECK(scene.handshakes() == (encrypts ? 1u : 0u));
}

TEST_CASE("ends that gather before there is a network meet when it comes", "[ice][sim]") {
  const bool recovers = true;
  const bool encrypts = GENERATE(false, true) && can_encrypt();
  Scene scene(recovers, encrypts);
  for (Peer* peer : {&scene.left, &scene.right}) peer->host().remove_interface("eth0");
  start(scene.left, scene.right);
  scene.world.run_for(5s);
  CHECK_FALSE(scene.are_connected());
  SECTION("soon") {}
  SECTION("after long") {
    scene.world.run_for(90s);
  }
  scene.other.attach(scene.left.host(), "wlan1", 8, Link{.delay = 5ms});
  scene.world.run_for(3s);
  scene.other.attach(scene.right.host(), "wlan1", 9, Link{.delay = 5ms});
  CHECK(scene.world.run_until([&] { return scene.are_connected(); }, 70s));
}

TEST_CASE("without recovery, too, candidates are signalled when the network comes", "[ice][sim]") {
  Scene scene(false);
  for (Peer* peer : {&scene.left, &scene.right}) peer->host().remove_interface("eth0");
  start(scene.left, scene.right);
  scene.world.run_for(20s);
  scene.other.attach(scene.left.host(), "wlan1", 8, Link{.delay = 5ms});
  scene.other.attach(scene.right.host(), "wlan1", 9, Link{.delay = 5ms});
  CHECK(scene.world.run_until([&] { return scene.are_connected(); }, 5s));
  CHECK(scene.left.restarts_by_itself() == 0);
}

TEST_CASE("a path that was gone for minutes is used again", "[ice][sim]") {
  const bool encrypts = GENERATE(false, true) && can_encrypt();
  Scene scene(true, encrypts);
  start(scene.left, scene.right);
  REQUIRE(scene.world.run_until([&] { return scene.are_connected(); }, 10s));
  scene.left.host().link().is_up = false;
  scene.world.run_for(200s);
  CHECK_FALSE(scene.left.connected());
  CHECK(scene.left.restarts_by_itself() >= 3);
  CHECK(scene.left.restarts_by_itself() <= 12);
  scene.left.host().link().is_up = true;
  CHECK(scene.world.run_until([&] { return scene.are_connected(); }, 100s));
  CHECK(scene.handshakes() == (encrypts ? 1u : 0u));
}

TEST_CASE("an end that does not recover waits for its application", "[ice][sim]") {
  Scene scene(false);
  start(scene.left, scene.right);
  REQUIRE(scene.world.run_until([&] { return scene.are_connected(); }, 10s));
  scene.move(scene.left, 8);
  scene.move(scene.right, 9);
  scene.world.run_for(120s);
  CHECK(scene.left.agent().state() == ice::State::failed);
  CHECK(scene.left.restarts_by_itself() == 0);
}

// The peer must know the address before it is the only one that is left.
TEST_CASE("a network that comes in a call is signalled by a restart", "[ice][sim]") {
  const bool encrypts = GENERATE(false, true) && can_encrypt();
  Scene scene(true, encrypts);
  start(scene.left, scene.right);
  REQUIRE(scene.world.run_until([&] { return scene.are_connected(); }, 10s));
  scene.world.run_for(10s);
  const auto known = scene.right.agent().remote_candidates().size();
  Call call(scene.world, scene.left, scene.right);
  call.run_for(1s);
  scene.other.attach(scene.left.host(), "wlan1", 8, Link{.delay = 5ms});
  call.run_for(5s);
  CHECK(scene.left.restarts_by_itself() == 1);
  CHECK(scene.right.agent().remote_candidates().size() == known + 1);
  // More networks come at once, while the first restart is young.
  for (std::uint8_t place = 9; place < 12; ++place) {
    scene.other.attach(scene.left.host(), "veth" + std::to_string(place), place);
  }
  call.run_for(20s);
  CHECK(scene.left.restarts_by_itself() == 1);
  call.run_for(20s);
  CHECK(scene.left.restarts_by_itself() == 2);
  CHECK(scene.right.restarts_by_itself() == 0);
  scene.world.run_for(1s);
  CHECK(call.lost() == 0);
  CHECK(scene.handshakes() == (encrypts ? 1u : 0u));
}
