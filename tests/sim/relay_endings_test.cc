// TURN servers that refuse, die and forget, and agents that end.
#include <catch2/catch_test_macros.hpp>

#include "floe/ice/explanation.h"
#include "relay_pair.h"
#include "turn_clients.h"

using namespace floe;
using namespace floe::sim;

TEST_CASE("a closed agent releases its allocation, and waits for nothing", "[ice][sim][relay]") {
  RelayPair pair;
  REQUIRE(pair.connect());
  pair.left.driver().close();
  CHECK(pair.left.agent().deadline() == kNever);
  pair.world.run_for(1s);
  CHECK(pair.turn.server().allocation_count() == 0);
}

TEST_CASE("a dead TURN server costs nothing where a direct path is", "[ice][sim][relay]") {
  Duration took[2];
  for (const bool is_silent : {false, true}) {
    RelayPair pair(
        {.left_kind = "full cone", .right_kind = "full cone", .turn = {.is_silent = is_silent}});
    const Timestamp begun = pair.world.now();
    REQUIRE(pair.connect());
    took[is_silent ? 1 : 0] = pair.world.now() - begun;
    CHECK(pair.exchange());
    REQUIRE(pair.world.run_until([&] { return pair.left.gathered(); }, 6s));
    CHECK(pair.world.now() - begun < 2s);
  }
  CHECK(took[1] <= took[0] + 50ms);
}

TEST_CASE("a server that has no more allocations to give is said to have none",
          "[ice][sim][relay]") {
  RelayPair pair({.turn = {.allocations_per_user_max = 0}});
  CHECK_FALSE(pair.connect(5s));
  const auto* failure = pair.left.agent().turn_clients().last_failure();
  REQUIRE(failure);
  CHECK(failure->code == 486);
}

TEST_CASE("wrong credentials for the relay leave direct paths alone", "[ice][sim][relay]") {
  RelayPair pair(
      {.left_kind = "full cone", .right_kind = "full cone", .turn = {.password = "other"}});
  REQUIRE(pair.connect());
  CHECK(pair.exchange());
  CHECK(pair.left.agent().turn_clients().last_failure()->code == 401);
}

TEST_CASE("a relay that forbids the peer fails its pairs and no others", "[ice][sim][relay]") {
  RelayPair direct(
      {.left_kind = "full cone", .right_kind = "full cone", .turn = {.forbids_peers = true}});
  REQUIRE(direct.connect());
  CHECK(direct.exchange());

  RelayPair pair({.turn = {.forbids_peers = true}});
  CHECK_FALSE(pair.connect(5s));
  bool was_refused = false;
  for (const ice::CandidatePair& one : pair.left.agent().pairs()) {
    was_refused = was_refused || one.failure == ice::PairFailure::relay_refused;
  }
  CHECK(was_refused);
}

// The agent's patience ends before the transaction does.
TEST_CASE("a server whose answers are not authentic is blamed for that, not called silent",
          "[ice][sim][relay]") {
  for (const char* uri : {"turn:192.0.2.201", "turn:192.0.2.201?transport=tcp"}) {
    CAPTURE(uri);
    RelayPair pair({.left_servers = uri, .turn = {.is_unsigned = true}});
    CHECK_FALSE(pair.connect(60s));
    const auto* failure = pair.left.agent().turn_clients().last_failure();
    REQUIRE(failure);
    CHECK(failure->code == turn::kUnusableAnswer);
    CHECK(failure->reason.view() == "the server's answers are not signed");
    const std::string why = explain(pair.left.agent());
    CAPTURE(why);
    CHECK(why.find("the fault is the server's") != why.npos);
  }
}

TEST_CASE("a server whose realm is empty relays as others do", "[ice][sim][relay]") {
  RelayPair pair({.turn = {.realm = ""}});
  REQUIRE(pair.connect());
  CHECK(pair.exchange());
}

TEST_CASE("a server that sends on is followed once", "[ice][sim][relay]") {
  RelayPair pair({.turn = {.alternate = TransportAddress{IpAddress::v4(192, 0, 2, 202), 3478}}});
  TurnServer other(pair.world.add_host("other", {IpAddress::v4(192, 0, 2, 202)}),
                   {IpAddress::v4(192, 0, 2, 202)});
  REQUIRE(pair.connect());
  CHECK(pair.exchange());
  CHECK(pair.turn.server().allocation_count() == 0);
  CHECK(other.allocation_count() == 1);

  RelayPair loop({.turn = {.alternate = TransportAddress{IpAddress::v4(192, 0, 2, 202), 3478}}});
  TurnServer back(loop.world.add_host("other", {IpAddress::v4(192, 0, 2, 202)}),
                  {IpAddress::v4(192, 0, 2, 202)},
                  {.alternate = TransportAddress{IpAddress::v4(192, 0, 2, 201), 3478}});
  CHECK_FALSE(loop.connect(5s));
  CHECK(loop.left.agent().turn_clients().last_failure()->code == 300);
}

TEST_CASE("a server that forgot everything gets a new allocation, and a path over it",
          "[ice][sim][relay]") {
  RelayPair pair({.right_servers = "turn:192.0.2.201"});
  REQUIRE(pair.connect());
  pair.turn.server().restart();
  CHECK(pair.turn.server().allocation_count() == 0);
  REQUIRE(pair.world.run_until([&] { return pair.turn.server().allocation_count() > 0; }, 600s));
}

TEST_CASE("a restart finds out at once that a server forgot the allocation", "[ice][sim][relay]") {
  RelayPair pair;
  REQUIRE(pair.connect());
  pair.world.run_for(2s);  // the last requests are answered
  pair.turn.server().restart();
  pair.world.run_for(1s);
  CHECK_FALSE(pair.exchange());
  pair.left.restart();
  pair.world.run_for(3s);
  CHECK(pair.exchange());
}
