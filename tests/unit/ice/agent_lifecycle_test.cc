// From new to closed: states, deadlines, nomination, and the end.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/stun/attributes/ice.h"
#include "generation.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

std::vector<State> states_of(HandDrivenAgent& driven) {
  std::vector<State> states;
  for (const Event& event : driven.take_events()) {
    if (const auto* changed = std::get_if<StateChanged>(&event)) states.push_back(changed->state);
  }
  return states;
}

/// The peer answers everything, for so long.
void live(HandDrivenAgent& driven, Duration duration) {
  const Timestamp end = driven.now() + duration;
  while (driven.now() < end) {
    driven.run_until(std::min(end, std::max(driven.now(), driven.agent().deadline())));
    driven.answer_checks();
  }
}

}  // namespace

TEST_CASE("a new agent waits for nothing and says nothing", "[ice][agent]") {
  HandDrivenAgent driven;
  CHECK(driven.state_is(State::fresh));
  CHECK(driven.agent().gathering_state() == GatheringState::fresh);
  CHECK(driven.agent().deadline() == kNever);
  driven.drain();
  CHECK(driven.take_events().empty());
  CHECK(driven.agent().local_credentials().is_valid());
  CHECK_FALSE(driven.agent().remote_credentials());
}

TEST_CASE("an agent goes from new to checking to connected to completed", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  CHECK(driven.state_is(State::checking));
  driven.answer_checks();
  CHECK(driven.state_is(State::checking));
  const auto nominating = driven.take_requests();
  REQUIRE(nominating.size() == 1);
  CHECK(nominating[0].has(stun::AttributeType::use_candidate));
  driven.receive(driven.success_for(nominating[0]));
  CHECK(driven.state_is(State::connected));
  driven.agent().end_of_remote_candidates(driven.now());
  driven.drain();
  CHECK(states_of(driven) ==
        std::vector<State>{State::checking, State::connected, State::completed});
}

TEST_CASE("the selected pair is told before the state", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.answer_checks();
  driven.take_events();
  driven.answer_checks();
  const auto events = driven.take_events();
  REQUIRE(events.size() == 2);
  const auto* selected = std::get_if<SelectedPairChanged>(&events[0]);
  REQUIRE(selected != nullptr);
  CHECK(selected->component == 1);
  CHECK(selected->pair.local.address == HandDrivenAgent::kLocal);
  CHECK(selected->pair.remote.address == HandDrivenAgent::kPeer);
  CHECK(std::holds_alternative<StateChanged>(events[1]));
}

TEST_CASE("the controlled side selects what the peer nominates", "[ice][agent]") {
  AgentConfig config;
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  driven.start();
  PeerRequest nominating;
  nominating.role = Role::controlling;
  nominating.use_candidate = true;
  SECTION("after its own check succeeded") {
    driven.answer_checks();
    CHECK_FALSE(driven.agent().selected_pair(1));
    driven.receive(driven.request(nominating));
  }
  SECTION("before its own check succeeded") {
    driven.receive(driven.request(nominating));
    CHECK_FALSE(driven.agent().selected_pair(1));
    driven.answer_checks();
  }
  CHECK(driven.agent().selected_pair(1));
  CHECK(driven.state_is(State::connected));
  // It never nominates itself.
  driven.run_for(3s);
  for (const Sent& sent : driven.take_requests()) {
    CHECK_FALSE(sent.has(stun::AttributeType::use_candidate));
  }
}

TEST_CASE("nothing is nominated a second time", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  live(driven, 60s);
  for (const Sent& sent : driven.take_requests()) {
    CHECK_FALSE(sent.has(stun::AttributeType::use_candidate));
  }
  CHECK(driven.state_is(State::connected));
}

TEST_CASE("other credentials are refused, the same change nothing", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  CHECK(driven.describe_peer());
  SessionDescription other{driven.peer(), false};
  other.credentials.password += "x";
  CHECK_FALSE(driven.agent().set_remote_description(driven.now(), other));
  other = {driven.peer(), false};
  other.credentials.ufrag += "x";
  CHECK_FALSE(driven.agent().set_remote_description(driven.now(), other));
  CHECK(driven.agent().remote_credentials() == driven.peer());
  driven.drain();
  CHECK(driven.take_sent().empty());
}

TEST_CASE("credentials that are none are refused", "[ice][agent]") {
  HandDrivenAgent driven;
  const std::string password(24, 'p');
  for (const Credentials& bad :
       {Credentials{"", password}, Credentials{"abc", password}, Credentials{"a:bcd", password},
        Credentials{"abcd", "short"}, Credentials{std::string(257, 'u'), password}}) {
    CHECK_FALSE(driven.agent().set_remote_description(driven.now(), {bad, false}));
  }
  CHECK_FALSE(driven.agent().remote_credentials());
  CHECK(driven.describe_peer());
}

// RFC 8863, and RFC 8838, section 8.
TEST_CASE("an agent does not fail before its patience, nor while candidates may come",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.error_for(driven.take_requests().at(0), 400));
  SECTION("both sides have said that no more will come") {
    driven.agent().end_of_remote_candidates(driven.now());
    driven.drain();
    driven.run_for(kPatientTime - Duration(1));
    CHECK(driven.state_is(State::checking));
    driven.run_for(Duration(1));
    CHECK(driven.state_is(State::failed));
  }
  SECTION("the peer has not") {
    driven.run_for(10min);
    CHECK(driven.state_is(State::checking));
  }
}

TEST_CASE("a deadline that was handled does not come back", "[ice][agent]") {
  // run_until() fails the test when one does.
  HandDrivenAgent driven;
  driven.add_socket();
  driven.add_socket(*TransportAddress::parse("[2001:db8::1]:1000"), 65534);
  driven.describe_peer();
  for (unsigned i = 0; i < 20; ++i) {
    driven.add_peer_candidate({IpAddress::v4(198, 51, 100, 7), static_cast<std::uint16_t>(i + 1)});
  }
  for (int i = 0; i < 50; ++i) driven.receive(driven.request());
  driven.run_for(5s);
  driven.answer_checks();
  driven.run_for(60s);
  SUCCEED();
}

TEST_CASE("a call before the deadline does nothing", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  const Timestamp deadline = driven.agent().deadline();
  driven.sleep(10ms);
  REQUIRE(driven.now() < deadline);
  for (int i = 0; i < 10; ++i) driven.agent().handle_timeout(driven.now());
  driven.drain();
  CHECK(driven.take_sent().empty());
  CHECK(driven.agent().deadline() == deadline);
}

TEST_CASE("after close there is no output, whatever happens", "[ice][agent]") {
  HandDrivenAgent driven;
  const bool connected = GENERATE(false, true);
  if (connected) {
    driven.connect();
  } else {
    driven.start();
  }
  const ByteVector request = driven.request();
  Agent& agent = driven.agent();
  driven.take_sent();
  driven.take_events();
  agent.close(driven.now());
  driven.drain();
  CHECK(states_of(driven) == std::vector<State>{State::closed});
  CHECK(agent.deadline() == kNever);

  agent.close(driven.now());
  agent.start_gathering(driven.now());
  agent.end_of_local_sockets(driven.now());
  agent.end_of_remote_candidates(driven.now());
  agent.restart(driven.now());
  CHECK(agent.add_local_socket(driven.now(), 1, *TransportAddress::parse("192.0.2.3:1"), 1) ==
        AddCandidateResult::closed);
  CHECK(driven.add_peer_candidate(HandDrivenAgent::kOther) == AddCandidateResult::closed);
  CHECK_FALSE(driven.describe_peer());
  CHECK_FALSE(agent.send(driven.now(), 1, as_bytes("data")));
  CHECK_FALSE(agent.route_data(driven.now(), 1, 4));
  driven.receive(request);
  driven.receive(as_bytes("data"));
  agent.remove_local_socket(driven.now(), HandDrivenAgent::kLocal);
  driven.sleep(1h);
  agent.handle_timeout(driven.now());
  driven.drain();
  CHECK(driven.take_sent().empty());
  CHECK(driven.take_events().empty());
  CHECK(driven.take_data().empty());
  CHECK(driven.state_is(State::closed));
  CHECK(agent.deadline() == kNever);
}

TEST_CASE("the same seed makes the same agent, another seed another", "[ice][agent]") {
  const auto first_check = [](std::uint64_t seed) {
    HandDrivenAgent driven({}, seed);
    driven.start();
    return driven.take_requests().at(0).payload;
  };
  CHECK(first_check(1) == first_check(1));
  CHECK(first_check(1) != first_check(2));
}
