// The checkers of paths notice what they are there for: each is told something that did not happen.
#include <catch2/catch_test_macros.hpp>

#include "peer.h"

using namespace floe;
using namespace floe::sim;

namespace {

using Found = std::vector<std::string>;

constexpr IpAddress kLeft = IpAddress::v4(192, 0, 2, 1);
constexpr IpAddress kRight = IpAddress::v4(192, 0, 2, 2);

/// Two agents in a call, and a checker that the left one's events do not reach.
struct Scene {
  Scene()
      : left(world, world.add_host("left", {kLeft}), {}),
        right(world, world.add_host("right", {kRight}), controlled()),
        checker(world, left.host(), left.agent()) {
    start(left, right);
    REQUIRE(world.run_until([&] { return left.connected() && right.connected(); }, 5s));
    world.run_for(1s);
  }

  static PeerOptions controlled() {
    PeerOptions options;
    options.agent.role = ice::Role::controlled;
    return options;
  }

  World world{1};
  Peer left;
  Peer right;
  PathChecker checker;
};

}  // namespace

TEST_CASE("checkers notice data that was dropped on a selected path", "[sim]") {
  Scene scene;
  CHECK(scene.right.send("nobody says that it came"));
  scene.world.run_for(1s);
  CHECK(scene.checker.take_violations() ==
        Found{"left dropped data that came by a path which was selected just now"});
}

TEST_CASE("checkers say nothing of data on a path that was left long ago", "[sim]") {
  Scene scene;
  scene.left.driver().close();
  scene.checker.note_event(ice::StateChanged{ice::State::closed});
  CHECK(scene.right.send("too late"));
  scene.world.run_for(1s);
  CHECK(scene.checker.take_violations().empty());
}

TEST_CASE("checkers notice a failure while a path is selected, or consent is there", "[sim]") {
  const Found expected{"left failed before consent expired, and did not try every pair"};
  Scene scene;
  scene.checker.note_event(ice::StateChanged{ice::State::failed});
  CHECK(scene.checker.take_violations() == expected);
  scene.left.host().remove_interface("eth0");
  scene.world.run_for(1s);
  scene.checker.note_event(ice::StateChanged{ice::State::failed});
  CHECK(scene.checker.take_violations() == expected);
  scene.world.run_for(30s);
  scene.checker.note_event(ice::StateChanged{ice::State::failed});
  CHECK(scene.checker.take_violations().empty());
}

TEST_CASE("checkers notice a path that delivers and is not used", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("idle", {kLeft});
  MbedtlsCrypto crypto;
  ice::Agent agent({}, host.api().random, crypto);
  PathChecker checker(world, host, agent);
  const ice::Route path{{kLeft, 1000}, {kRight, 2000}};
  agent.add_local_socket(world.now(), {1, path.local, 65535});
  REQUIRE(
      agent.set_remote_description(world.now(), {.credentials = {"frag", std::string(22, 'p')}}));
  ice::Candidate candidate;
  candidate.address = candidate.base = path.remote;
  candidate.foundation = *ice::Foundation::parse("1");
  REQUIRE(agent.add_remote_candidate(world.now(), candidate) == ice::AddCandidateResult::added);
  // Its only check fails: nobody sends it.
  for (int i = 0; i < 60; ++i) {
    world.run_for(1s);
    agent.handle_timeout(world.now());
    while (agent.poll_output()) continue;
  }
  const auto wait = [&](Duration span) {
    world.run_for(span);
    checker.note_event(ice::GatheringChanged{});  // only to be looked at
    world.schedule(world.now(), [] {});
    world.run_for(0ms);
  };
  wait(0ms);
  checker.note_heard(path, true);
  wait(9s);
  CHECK(checker.take_violations().empty());
  wait(2s);
  CHECK(
      checker.take_violations() ==
      Found{"idle leaves 192.0.2.1:1000 to 192.0.2.2:2000 unused, which delivered just now, while "
            "no pair is selected"});
  wait(20s);
  CHECK(checker.take_violations().empty());
}
