// Lite agents (RFC 8445, sections 2.5, 6.1.1 and 7.3.2), and full ones that face them.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/stun/attributes/error_code.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

AgentConfig lite(Role role = Role::controlled) {
  AgentConfig config;
  config.role = role;
  config.implementation = Implementation::lite;
  return config;
}

PeerRequest check_of_controlling(bool nominates) {
  PeerRequest request;
  request.role = Role::controlling;
  request.use_candidate = nominates;
  return request;
}

/// A lite agent whose full peer has nominated kLocal to kPeer.
void connect_lite(HandDrivenAgent& driven) {
  driven.start();
  driven.receive(driven.request(check_of_controlling(true)));
  REQUIRE(driven.agent().selected_pair(1));
  driven.take_sent();
  driven.take_events();
}

}  // namespace

TEST_CASE("a lite agent asks nobody anything", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  CHECK_FALSE(driven.agent().add_stun_server(driven.now(), HandDrivenAgent::kOther));
  driven.start();
  driven.run_for(10s);
  driven.receive(driven.request(check_of_controlling(true)));
  for (int i = 0; i < 30; ++i) {
    driven.run_for(5s);
    driven.receive(driven.request(check_of_controlling(false)));
  }
  CHECK(driven.take_requests().empty());
  CHECK(driven.state_is(State::completed));
}

TEST_CASE("a lite agent shows its external address alone", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  LocalSocket socket{1, HandDrivenAgent::kLocal};
  socket.external = TransportAddress{IpAddress::v4(203, 0, 113, 7), HandDrivenAgent::kLocal.port};
  driven.add_socket(socket);
  const auto candidates = driven.agent().local_candidates();
  REQUIRE(candidates.size() == 1);
  CHECK(candidates[0].address == *socket.external);
  CHECK(candidates[0].type == CandidateType::host);
}

// Section 6.1.1.
TEST_CASE("between full and lite the full one controls, whatever was said", "[ice][agent]") {
  const auto role = GENERATE(Role::controlling, Role::controlled);
  SECTION("this one is lite") {
    HandDrivenAgent driven(lite(role));
    driven.start();
    CHECK(driven.agent().role() == Role::controlled);
    CHECK(driven.take_events_of<RoleChanged>().size() == (role == Role::controlled ? 0u : 1u));
  }
  SECTION("the peer is lite") {
    AgentConfig config;
    config.role = role;
    HandDrivenAgent driven(config);
    REQUIRE(driven.describe_peer(true, {.ice2 = true}));
    CHECK(driven.agent().role() == Role::controlling);
    CHECK(driven.take_events_of<RoleChanged>().size() == (role == Role::controlling ? 0u : 1u));
  }
}

TEST_CASE("a lite agent uses what the peer nominates, and nothing before", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  driven.start();
  driven.receive(driven.request(check_of_controlling(false)));
  CHECK(driven.take(stun::Class::success).size() == 1);
  CHECK_FALSE(driven.agent().selected_pair(1));
  CHECK_FALSE(driven.agent().send(driven.now(), 1, as_bytes("too early")));
  driven.receive(driven.request(check_of_controlling(true)));
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kPeer);
  CHECK(driven.agent().send(driven.now(), 1, as_bytes("now")));
}

TEST_CASE("a lite agent follows its peer to another address when nominated, not before",
          "[ice][agent]") {
  HandDrivenAgent driven(lite());
  connect_lite(driven);
  driven.receive(driven.request(check_of_controlling(false)), HandDrivenAgent::kOther);
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kPeer);
  driven.receive(driven.request(check_of_controlling(true)), HandDrivenAgent::kOther);
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kOther);
}

TEST_CASE("a lite agent follows a peer that moved without a nomination", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  connect_lite(driven);
  driven.receive(driven.request(check_of_controlling(false)));
  driven.run_for(2s);
  driven.receive(driven.request(check_of_controlling(false)), HandDrivenAgent::kOther);
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kPeer);
  driven.run_for(500ms);
  driven.receive(driven.request(check_of_controlling(false)), HandDrivenAgent::kOther);
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kOther);
}

TEST_CASE("a nomination that came before the description makes a lite agent connected",
          "[ice][agent]") {
  HandDrivenAgent driven(lite());
  driven.add_socket();
  driven.receive(driven.request(check_of_controlling(true)));
  CHECK_FALSE(driven.agent().selected_pair(1));
  REQUIRE(driven.describe_peer());
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->remote.type == CandidateType::peer_reflexive);
}

TEST_CASE("a peer that claims to be controlled, too, gets 487 of a lite agent", "[ice][agent]") {
  const auto tie_breaker = GENERATE(std::uint64_t{0}, ~std::uint64_t{0});
  HandDrivenAgent driven(lite());
  driven.start();
  PeerRequest request = check_of_controlling(true);
  request.role = Role::controlled;
  request.tie_breaker = tie_breaker;
  driven.receive(driven.request(request));
  CHECK(driven.take(stun::Class::error).size() == 1);
  CHECK(driven.agent().role() == Role::controlled);
  CHECK_FALSE(driven.agent().selected_pair(1));
}

// P5.
TEST_CASE("a lite peer that answers 487 does not make a full agent controlled", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer(true, {.ice2 = true});
  driven.add_peer_candidate();
  for (int i = 0; i < 100; ++i) {
    for (const Sent& check : driven.take_requests()) {
      driven.receive(driven.error_for(check, stun::kRoleConflict));
    }
    driven.run_for(100ms);
  }
  CHECK(driven.agent().role() == Role::controlling);
  const CandidatePair& pair = driven.agent().pairs()[0];
  CHECK(pair.state == PairState::failed);
  CHECK(pair.failure == PairFailure::refused);
  CHECK(pair.error_code == stun::kRoleConflict);
}

// P27.
TEST_CASE("a check that came long before the description is a sign of life of then",
          "[ice][agent]") {
  HandDrivenAgent driven(lite());
  driven.add_socket();
  driven.receive(driven.request(check_of_controlling(true)));
  driven.run_for(17s);
  REQUIRE(driven.describe_peer());
  driven.drain();
  REQUIRE(driven.agent().selected_pair(1));
  driven.run_for(62s);
  CHECK(driven.agent().send(driven.now(), 1, as_bytes("79 seconds")));
  driven.run_for(2s);
  CHECK_FALSE(driven.agent().send(driven.now(), 1, as_bytes("81 seconds")));
}

TEST_CASE("a lite agent notices that its peer is gone", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  connect_lite(driven);
  driven.run_for(29s);
  CHECK(driven.state_is(State::completed));
  driven.run_for(2s);
  CHECK(driven.state_is(State::disconnected));
  driven.run_for(50s);
  CHECK_FALSE(driven.agent().selected_pair(1));
  CHECK(driven.state_is(State::failed));
  CHECK_FALSE(driven.agent().send(driven.now(), 1, as_bytes("nobody is there")));
}

TEST_CASE("a peer that sends a keepalive each 15 seconds, or data, is there", "[ice][agent]") {
  const bool data = GENERATE(false, true);
  HandDrivenAgent driven(lite());
  connect_lite(driven);
  for (int i = 0; i < 40; ++i) {
    driven.run_for(15s);
    if (data) {
      driven.receive(as_bytes("here"));
    } else {
      driven.receive(driven.request(check_of_controlling(false)));
    }
  }
  CHECK(driven.state_is(State::completed));
}

// RFC 8445, section 11: libnice sends nothing else by default, each 25 seconds.
TEST_CASE("a Binding indication keeps a lite agent connected, on the selected path",
          "[ice][agent]") {
  HandDrivenAgent driven(lite());
  connect_lite(driven);
  driven.take_events();
  const auto source = GENERATE(HandDrivenAgent::kPeer, HandDrivenAgent::kOther);
  for (int i = 0; i < 8; ++i) {
    driven.run_for(25s);
    driven.receive(RawMessage(0x0011).bytes(), source);
  }
  const bool is_kept = source == HandDrivenAgent::kPeer;
  CHECK(driven.take_events_of<StateChanged>().empty() == is_kept);
  CHECK(driven.state_is(is_kept ? State::completed : State::failed));
  CHECK(driven.take_sent().empty());
}

TEST_CASE("two lite agents keep their path open by indications, unless data does", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  driven.add_socket();
  driven.describe_peer(true, {.ice2 = true});
  driven.add_peer_candidate();
  REQUIRE(driven.agent().selected_pair(1));
  driven.take_sent();
  driven.run_for(31s);
  CHECK(driven.take(stun::Class::indication).size() == 2);
  for (int i = 0; i < 10; ++i) {
    driven.run_for(10s);
    REQUIRE(driven.agent().send(driven.now(), 1, as_bytes("data")));
  }
  CHECK(driven.take(stun::Class::indication).empty());
}

TEST_CASE("consent requests to a lite peer repeat the nomination, to a full one not",
          "[ice][agent]") {
  const bool is_lite = GENERATE(false, true);
  HandDrivenAgent driven;
  driven.add_socket();
  REQUIRE(driven.describe_peer(is_lite, {.ice2 = true}));
  driven.add_peer_candidate();
  driven.run_for(1s);
  driven.answer_everything();
  driven.answer_everything();
  REQUIRE(driven.agent().selected_pair(1));
  driven.take_sent();
  driven.run_for(6s);
  const auto requests = driven.take_requests();
  REQUIRE_FALSE(requests.empty());
  CHECK(requests[0].message().has(stun::AttributeType::use_candidate) == is_lite);
}

// A lite agent asks for no consent, so none can be lost for good (RFC 7675, section 5.1, is about
// those who ask).
TEST_CASE("a peer that comes back nominates the same path again", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  connect_lite(driven);
  driven.run_for(90s);
  REQUIRE_FALSE(driven.agent().selected_pair(1));
  driven.receive(driven.request(check_of_controlling(true)));
  CHECK(driven.agent().selected_pair(1));
  CHECK(driven.state_is(State::completed));
}

TEST_CASE("a lite agent that nobody checks fails after its patience", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  driven.start();
  driven.agent().end_of_remote_candidates(driven.now());
  driven.run_for(39499ms);
  CHECK_FALSE(driven.state_is(State::failed));
  driven.run_for(1ms);
  CHECK(driven.state_is(State::failed));
}

// Section 8.2.
TEST_CASE("two lite agents use the best pair without asking", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  driven.add_socket();
  driven.describe_peer(true, {.ice2 = true});
  driven.add_peer_candidate(HandDrivenAgent::kOther, CandidateType::host, 0x7effff00);
  driven.add_peer_candidate();
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kPeer);
  driven.run_for(1h);
  CHECK(driven.agent().selected_pair(1));
  CHECK(driven.take_requests().empty());
  CHECK(driven.agent().role() == Role::controlled);
}

TEST_CASE("a restart of a lite agent keeps the data on the old path", "[ice][agent]") {
  HandDrivenAgent driven(lite());
  connect_lite(driven);
  driven.agent().restart(driven.now());
  driven.drain();
  CHECK(driven.agent().send(driven.now(), 1, as_bytes("still")));
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate();
  driven.receive(driven.request(check_of_controlling(true)));
  CHECK(driven.agent().selected_pair_index(1));
  CHECK(driven.take_requests().empty());
}
