// Aggressive nomination of RFC 5245 beside the regular one of RFC 8445, on both sides.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

const TransportAddress& kPeer = HandDrivenAgent::kPeer;
const TransportAddress& kOther = HandDrivenAgent::kOther;
constexpr std::uint32_t kLowPriority = 0x7e0000ff;
constexpr IceOptions kOldPeer = {};

AgentConfig aggressive() {
  AgentConfig config;
  config.nomination = NominationMode::aggressive;
  return config;
}

AgentConfig controlled() {
  AgentConfig config;
  config.role = Role::controlled;
  return config;
}

/// Two pairs: to kPeer, and a lower one to kOther.
void start_with_two(HandDrivenAgent& driven, IceOptions options, bool lite = false) {
  driven.add_socket();
  driven.agent().start_gathering(driven.now());
  driven.agent().end_of_local_sockets(driven.now());
  REQUIRE(driven.describe_peer(lite, options));
  driven.add_peer_candidate();
  driven.add_peer_candidate(kOther, CandidateType::host, kLowPriority, "2");
}

void nominate(HandDrivenAgent& driven, const TransportAddress& from) {
  PeerRequest request;
  request.role = Role::controlling;
  request.use_candidate = true;
  driven.receive(driven.request(request), from);
  driven.answer_everything();
}

TransportAddress selected(const HandDrivenAgent& driven) {
  const auto pair = driven.agent().selected_pair(1);
  return pair ? pair->remote.address : TransportAddress{};
}

const Sent& to(const std::vector<Sent>& sent, const TransportAddress& remote) {
  const auto place = std::ranges::find(sent, remote, &Sent::remote);
  REQUIRE(place != sent.end());
  return *place;
}

}  // namespace

TEST_CASE("an aggressive agent nominates with its first check", "[ice][agent]") {
  HandDrivenAgent driven(aggressive());
  driven.add_socket();
  driven.describe_peer(false, kOldPeer);
  driven.add_peer_candidate();
  const auto checks = driven.take_requests();
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].has(stun::AttributeType::use_candidate));
  driven.answer(checks[0]);
  CHECK(selected(driven) == kPeer);
}

// P23.
TEST_CASE("towards a peer of RFC 8445, or a lite one, an aggressive agent is regular",
          "[ice][agent]") {
  const bool lite = GENERATE(false, true);
  HandDrivenAgent driven(aggressive());
  driven.add_socket();
  driven.describe_peer(lite, IceOptions{.ice2 = !lite});
  driven.add_peer_candidate();
  const auto checks = driven.take_requests();
  CHECK_FALSE(checks.at(0).has(stun::AttributeType::use_candidate));
  driven.answer(checks[0]);
  CHECK_FALSE(driven.agent().selected_pair(1));
  const auto nominating = driven.take_requests();
  CHECK(nominating.at(0).has(stun::AttributeType::use_candidate));
  driven.answer(nominating[0]);
  CHECK(selected(driven) == kPeer);
}

// Nor renomination: the peer would follow the latest nomination, this agent the highest.
TEST_CASE("who nominates aggressively says neither ice2 nor renomination", "[ice][agent]") {
  CHECK(HandDrivenAgent(aggressive()).agent().ice_options() == IceOptions{});
  CHECK(HandDrivenAgent().agent().ice_options() == IceOptions{true, true});
}

TEST_CASE("a controlled agent never nominates, whatever its mode", "[ice][agent]") {
  AgentConfig config = aggressive();
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  start_with_two(driven, kOldPeer);
  driven.run_for(2s);
  for (const Sent& check : driven.take_requests()) {
    CHECK_FALSE(check.has(stun::AttributeType::use_candidate));
    driven.answer(check);
  }
  CHECK_FALSE(driven.agent().selected_pair(1));
}

// RFC 5245, section 8.1.1.2: ICE "always selects the highest-priority nominated candidate pair",
// and so does the peer; a check of higher priority that is under way goes on (section 8.1.2).
TEST_CASE("of its own nominations an aggressive agent ends with the highest", "[ice][agent]") {
  HandDrivenAgent driven(aggressive());
  start_with_two(driven, kOldPeer);
  driven.run_for(50ms);
  const auto checks = driven.take_requests();
  driven.answer(to(checks, kOther));
  CHECK(selected(driven) == kOther);
  driven.answer(to(checks, kPeer));
  CHECK(selected(driven) == kPeer);
  driven.run_for(60s);
  driven.agent().end_of_remote_candidates(driven.now());
}

TEST_CASE("an aggressive agent that has the highest sends no more checks", "[ice][agent]") {
  HandDrivenAgent driven(aggressive());
  start_with_two(driven, kOldPeer);
  driven.run_for(50ms);
  const auto checks = driven.take_requests();
  driven.answer(to(checks, kPeer));
  driven.answer(to(checks, kOther));
  CHECK(selected(driven) == kPeer);
  driven.run_for(3s);
  CHECK(driven.take_requests().empty());
}

TEST_CASE("of the nominations of an old peer the highest counts, in any order", "[ice][agent]") {
  HandDrivenAgent driven(controlled());
  start_with_two(driven, kOldPeer);
  SECTION("the lower first") {
    nominate(driven, kOther);
    CHECK(selected(driven) == kOther);
    nominate(driven, kPeer);
  }
  SECTION("the higher first") {
    nominate(driven, kPeer);
    nominate(driven, kOther);
    // Not for a moment: data would take the lower pair meanwhile.
    CHECK(driven.agent().counters().selected_pair_changes == 1);
  }
  CHECK(selected(driven) == kPeer);
}

TEST_CASE("a nominated pair is used when its late candidate makes it the highest", "[ice][agent]") {
  HandDrivenAgent driven(controlled());
  driven.add_socket();
  driven.agent().start_gathering(driven.now());
  driven.agent().end_of_local_sockets(driven.now());
  REQUIRE(driven.describe_peer(false, kOldPeer));
  driven.add_peer_candidate(kOther, CandidateType::host, kLowPriority, "2");
  nominate(driven, kPeer);
  nominate(driven, kOther);
  REQUIRE(selected(driven) == kOther);
  driven.add_peer_candidate();
  driven.run_for(1s);
  CHECK(selected(driven) == kPeer);
}

TEST_CASE("an old peer's lower nomination is followed when the higher is silent", "[ice][agent]") {
  HandDrivenAgent driven(controlled());
  start_with_two(driven, kOldPeer);
  nominate(driven, kPeer);
  REQUIRE(selected(driven) == kPeer);
  driven.run_for(15s);
  REQUIRE(driven.state_is(State::disconnected));
  driven.take_sent();
  nominate(driven, kOther);
  CHECK(selected(driven) == kOther);
  CHECK(driven.state_is(State::connected));
}

// P22: two ends on different paths both die when consent expires.
TEST_CASE("a peer of RFC 8445 that nominates again is followed, whatever the priority",
          "[ice][agent]") {
  HandDrivenAgent driven(controlled());
  start_with_two(driven, {.ice2 = true});
  nominate(driven, kPeer);
  REQUIRE(selected(driven) == kPeer);
  nominate(driven, kOther);
  CHECK(selected(driven) == kOther);
  nominate(driven, kPeer);
  CHECK(selected(driven) == kPeer);
}

TEST_CASE("the same nomination over and over is one", "[ice][agent]") {
  HandDrivenAgent driven(controlled());
  start_with_two(driven, {.ice2 = true});
  for (int i = 0; i < 20; ++i) nominate(driven, kPeer);
  CHECK(driven.agent().counters().selected_pair_changes == 1);
  CHECK(driven.take_events_of<SelectedPairChanged>().size() == 1);
}

TEST_CASE("a nomination waits for our own check of the pair", "[ice][agent]") {
  HandDrivenAgent driven(controlled());
  start_with_two(driven, {.ice2 = true});
  driven.take_sent();
  PeerRequest request;
  request.role = Role::controlling;
  request.use_candidate = true;
  driven.receive(driven.request(request));
  CHECK_FALSE(driven.agent().selected_pair(1));
  driven.answer_checks();
  CHECK(selected(driven) == kPeer);
}

TEST_CASE("a nominated pair whose check fails is not selected", "[ice][agent]") {
  HandDrivenAgent driven(controlled());
  start_with_two(driven, {.ice2 = true});
  driven.take_sent();
  PeerRequest request;
  request.role = Role::controlling;
  request.use_candidate = true;
  driven.receive(driven.request(request));
  driven.receive(driven.error_for(to(driven.take_requests(), kPeer), 500));
  CHECK_FALSE(driven.agent().selected_pair(1));
  nominate(driven, kOther);
  CHECK(selected(driven) == kOther);
}

// P23.
TEST_CASE("after nomination no request nominates again", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  for (int i = 0; i < 60; ++i) {
    driven.run_for(1s);
    for (const Sent& request : driven.take_requests()) {
      CHECK_FALSE(request.has(stun::AttributeType::use_candidate));
      driven.answer(request);
    }
    driven.receive(driven.request());
  }
  CHECK(driven.agent().counters().selected_pair_changes == 1);
}
