// Agents that reach each other through TURN servers.
#include <catch2/catch_test_macros.hpp>

#include "permissions.h"
#include "relay_pair.h"

using namespace floe;
using namespace floe::sim;

TEST_CASE("a relay on one side joins two networks that nothing else joins", "[ice][sim][relay]") {
  RelayPair pair;
  REQUIRE(pair.connect());
  CHECK(pair.pair() == "relay→prflx");
  CHECK(pair.exchange());
  CHECK(pair.turn.server().allocation_count() == 1);
}

TEST_CASE("a relay on the controlled side does as well", "[ice][sim][relay]") {
  RelayPair pair({.left_servers = "", .right_servers = "turn:192.0.2.201"});
  REQUIRE(pair.connect());
  CHECK(pair.pair() == "prflx→relay");
  CHECK(pair.exchange());
}

TEST_CASE("with relays on both sides, one of them is used, and the other is released",
          "[ice][sim][relay]") {
  RelayPair pair({.right_servers = "turn:192.0.2.201"});
  REQUIRE(pair.connect());
  CHECK(pair.turn.server().allocation_count() == 2);
  CHECK(pair.exchange());
  pair.world.run_for(10s);
  CHECK(pair.turn.server().allocation_count() <= 2);
  CHECK(pair.exchange());
}

TEST_CASE("a relay is used as long as it takes, and longer than its permissions last",
          "[ice][sim][relay]") {
  RelayPair pair;
  REQUIRE(pair.connect());
  for (int i = 0; i < 60; ++i) {
    pair.world.run_for(30s);
    REQUIRE(pair.exchange());
  }
  CHECK(pair.turn.server().allocation_count() == 1);
}

TEST_CASE("a relay that is not needed is released three seconds after ICE is done",
          "[ice][sim][relay]") {
  RelayPair pair({.left_kind = "full cone", .right_kind = "full cone"});
  REQUIRE(pair.connect());
  REQUIRE(
      pair.world.run_until([&] { return pair.left.agent().state() == ice::State::completed; }, 5s));
  const Timestamp completed_at = pair.world.now();
  CHECK(pair.turn.server().allocation_count() == 1);
  REQUIRE(pair.world.run_until([&] { return pair.turn.server().allocation_count() == 0; }, 10s));
  CHECK(pair.world.now() >= completed_at + 3s);
  CHECK(pair.exchange());
}

TEST_CASE("an agent that may use relays only shows nothing else", "[ice][sim][relay]") {
  RelayPair pair(
      {.right_servers = "turn:192.0.2.201", .agent = {.policy = ice::CandidatePolicy::relay}});
  REQUIRE(pair.connect());
  CHECK(pair.pair() == "relay→relay");
  CHECK(pair.exchange());
  for (const ice::Candidate& candidate : pair.left.found()) {
    CHECK(candidate.type == ice::CandidateType::relayed);
    REQUIRE(candidate.related);
    CHECK(candidate.related->ip.is_any());
  }
}

TEST_CASE("the answer to an Allocate tells the reflexive address, too", "[ice][sim][relay]") {
  RelayPair pair({.left_kind = "full cone", .right_kind = "full cone"});
  pair.stun.set_silent(true);
  REQUIRE(pair.connect());
  CHECK(pair.pair().starts_with("srflx"));
}

TEST_CASE("a relay has an address of each family, and prefers that of the way to it",
          "[ice][sim][relay]") {
  RelayPair pair;
  REQUIRE(pair.connect());
  std::uint32_t v4 = 0;
  std::uint32_t v6 = 0;
  for (const ice::Candidate& candidate : pair.left.found()) {
    if (candidate.type != ice::CandidateType::relayed) continue;
    (candidate.address.ip.is_ipv4() ? v4 : v6) = candidate.priority;
  }
  CHECK(v6 > 0);
  CHECK(v4 > v6);
}

TEST_CASE("a restart goes on with the allocations that are there", "[ice][sim][relay]") {
  RelayPair pair;
  REQUIRE(pair.connect());
  const TransportAddress relayed = pair.left.agent().selected_pair(1)->local.address;
  pair.left.restart();
  CHECK(pair.exchange());
  pair.world.run_for(3s);
  REQUIRE(pair.both_connected(10s));
  CHECK(pair.exchange());
  const auto locals = pair.left.agent().local_candidates();
  CHECK(std::ranges::count(locals, relayed, &ice::Candidate::address) == 1);
  CHECK(pair.left.agent().selected_pair(1)->local.address == relayed);
  CHECK(pair.turn.server().allocation_count() == 1);
}

TEST_CASE("a relay carries one handshake, and then what is encrypted", "[ice][sim][relay]") {
  for (const char* right_server : {"", "turn:192.0.2.201"}) {
    RelayPair pair({.right_servers = right_server, .encrypts = can_encrypt()});
    REQUIRE(pair.connect());
    CHECK(pair.exchange());
    const std::string before = pair.pair();
    pair.left.restart();
    CHECK(pair.exchange());
    pair.world.run_for(3s);
    REQUIRE(pair.both_connected(10s));
    CHECK(pair.exchange());
    CHECK(pair.pair() == before);
    // The permissions and channels are renewed meanwhile.
    for (int i = 0; i < 30; ++i) {
      pair.world.run_for(30s);
      REQUIRE(pair.exchange());
    }
    if (!can_encrypt()) continue;
    CHECK(pair.left.security_checker()->handshakes() +
              pair.right.security_checker()->handshakes() ==
          1);
  }
}
