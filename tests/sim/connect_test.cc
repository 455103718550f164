// Two agents in a simulated world find each other.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "generation.h"
#include "peer.h"

using namespace floe;
using namespace floe::sim;

namespace {

constexpr IpAddress kLeft = IpAddress::v4(192, 0, 2, 1);
constexpr IpAddress kRight = IpAddress::v4(192, 0, 2, 2);

PeerOptions as(ice::Role role) {
  PeerOptions options;
  options.agent.role = role;
  return options;
}

struct Pair {
  explicit Pair(ice::Role left_role = ice::Role::controlling,
                ice::Role right_role = ice::Role::controlled, const Link& link = {})
      : world(Catch::getSeed()),
        left(world, world.add_host("left", {kLeft}, link), as(left_role)),
        right(world, world.add_host("right", {kRight}, link), as(right_role)) {}

  bool connect(Duration limit = 10s) {
    return world.run_until([&] { return left.connected() && right.connected(); }, limit);
  }

  World world;
  Peer left;
  Peer right;
};

}  // namespace

TEST_CASE("two agents on one network connect and exchange datagrams", "[ice][sim]") {
  Pair pair;
  start(pair.left, pair.right);

  REQUIRE(pair.connect());
  REQUIRE(pair.left.send("ping"));
  REQUIRE(pair.world.run_until([&] { return !pair.right.received().empty(); }, 1s));
  CHECK(pair.right.received() == std::vector<std::string>{"ping"});

  const auto left_pair = pair.left.agent().selected_pair(1);
  const auto right_pair = pair.right.agent().selected_pair(1);
  REQUIRE(left_pair);
  REQUIRE(right_pair);
  CHECK(left_pair->local.address == right_pair->remote.address);
  CHECK(left_pair->remote.address == right_pair->local.address);
  CHECK(pair.world.run_until(
      [&] {
        return pair.left.agent().state() == ice::State::completed &&
               pair.right.agent().state() == ice::State::completed;
      },
      1s));
}

TEST_CASE("connecting takes two checks a side, and no wait for a slot", "[ice][sim]") {
  Pair pair;
  start(pair.left, pair.right);
  const Timestamp begin = pair.world.now();

  REQUIRE(pair.connect());
  // Signalling 10 ms, then request and answer, then the nominating request and answer.
  CHECK(pair.world.now() - begin <= 10ms + 4 * 10ms);
  CHECK(pair.left.agent().counters().checks_sent <= 3);
  CHECK(pair.right.agent().counters().checks_sent <= 2);
}

TEST_CASE("two agents of the same role settle on one of each", "[ice][sim]") {
  const auto role = GENERATE(ice::Role::controlling, ice::Role::controlled);
  Pair pair(role, role);
  start(pair.left, pair.right);

  REQUIRE(pair.connect());
  CHECK(pair.left.agent().role() != pair.right.agent().role());
  // A conflict must not become a storm.
  CHECK(pair.left.agent().counters().checks_sent <= 6);
  CHECK(pair.right.agent().counters().checks_sent <= 6);
}

TEST_CASE("a description that comes late finds the checks that came early", "[ice][sim]") {
  Pair pair;
  pair.left.gather();
  pair.right.gather();
  pair.right.signal_to(pair.left, 0ms);
  pair.left.signal_to(pair.right, 300ms);
  pair.world.run_for(290ms);
  const Timestamp begin = pair.world.now();

  REQUIRE(pair.connect());
  CHECK(pair.world.now() - begin <= 10ms + 30ms);
  CHECK(pair.right.agent().selected_pair(1)->remote.type == ice::CandidateType::host);
}

TEST_CASE("what a peer sends before its description has come is not lost", "[ice][sim]") {
  Pair pair;
  pair.left.gather();
  pair.right.gather();
  pair.right.signal_to(pair.left, 0ms);
  pair.left.signal_to(pair.right, 5s);
  REQUIRE(pair.world.run_until([&] { return pair.left.connected(); }, 1s));
  REQUIRE(pair.left.send("early"));
  REQUIRE(pair.world.run_until([&] { return !pair.right.received().empty(); }, 1s));
  CHECK_FALSE(pair.right.connected());
}

TEST_CASE("agents connect through loss", "[ice][sim]") {
  Pair pair(ice::Role::controlling, ice::Role::controlled, Link{10ms, 100'000});
  start(pair.left, pair.right);
  CHECK(pair.connect());
}

TEST_CASE("agents on hosts with two addresses of both families connect", "[ice][sim]") {
  World world(Catch::getSeed());
  const auto ip = [](const char* text) { return *IpAddress::parse(text); };
  Peer left(world, world.add_host("left", {ip("2001:db8::1"), ip("192.0.2.1")}),
            as(ice::Role::controlling));
  Peer right(world, world.add_host("right", {ip("2001:db8::2"), ip("192.0.2.2")}),
             as(ice::Role::controlled));
  start(left, right);
  REQUIRE(world.run_until([&] { return left.connected() && right.connected(); }, 10s));
  CHECK(left.agent().selected_pair(1)->local.address.ip == ip("2001:db8::1"));
  CHECK(left.found().size() == 2);
}

TEST_CASE("each component gets a pair", "[ice][sim]") {
  World world(Catch::getSeed());
  PeerOptions options = as(ice::Role::controlling);
  options.agent.components = 2;
  Peer left(world, world.add_host("left", {kLeft}), options);
  options.agent.role = ice::Role::controlled;
  Peer right(world, world.add_host("right", {kRight}), options);
  start(left, right);
  REQUIRE(world.run_until([&] { return left.connected() && right.connected(); }, 10s));
  CHECK(left.agent().selected_pair(1)->local.component == 1);
  CHECK(left.agent().selected_pair(2)->local.component == 2);
}

TEST_CASE("a peer that falls silent is doubted, then given up", "[ice][sim]") {
  Pair pair;
  start(pair.left, pair.right);
  REQUIRE(pair.connect());
  pair.right.host().link().is_up = false;

  CHECK(pair.world.run_until([&] { return pair.left.agent().state() == ice::State::disconnected; },
                             20s));
  CHECK(pair.world.run_until([&] { return pair.left.agent().state() == ice::State::failed; }, 20s));
  CHECK_FALSE(pair.left.send("no consent, no data"));
}

TEST_CASE("a peer that comes back in time is connected again", "[ice][sim]") {
  Pair pair;
  start(pair.left, pair.right);
  REQUIRE(pair.connect());
  pair.right.host().link().is_up = false;
  REQUIRE(pair.world.run_until(
      [&] { return pair.left.agent().state() == ice::State::disconnected; }, 20s));
  pair.right.host().link().is_up = true;
  CHECK(pair.world.run_until([&] { return pair.left.connected(); }, 10s));
}

TEST_CASE("agents that cannot reach each other fail, but only after their patience", "[ice][sim]") {
  Pair pair;
  pair.right.host().link().is_up = false;
  start(pair.left, pair.right);
  const Timestamp begin = pair.world.now();
  REQUIRE(
      pair.world.run_until([&] { return pair.left.agent().state() == ice::State::failed; }, 120s));
  CHECK(pair.world.now() - begin >= ice::kPatientTime);
}

TEST_CASE("a closed agent waits for nothing and says nothing", "[ice][sim]") {
  Pair pair;
  start(pair.left, pair.right);
  REQUIRE(pair.connect());
  pair.left.driver().close();
  CHECK(pair.left.agent().deadline() == kNever);
  const auto sent = pair.left.host().datagrams_sent();
  pair.world.run_for(60s);
  CHECK(pair.left.host().datagrams_sent() == sent);
  CHECK(pair.left.states().back() == ice::State::closed);
}

TEST_CASE("the same seed gives the same trace, another seed another", "[sim]") {
  const auto run = [](std::uint64_t seed) {
    World world(seed);
    Peer left(world, world.add_host("left", {kLeft}, Link{5ms, 50'000}),
              as(ice::Role::controlling));
    Peer right(world, world.add_host("right", {kRight}, Link{5ms, 50'000}),
               as(ice::Role::controlled));
    start(left, right);
    world.run_for(60s);
    return world.trace().hash_value();
  };
  CHECK(run(1) == run(1));
  CHECK(run(1) != run(2));
}
