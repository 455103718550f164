// What becomes of the answers of STUN servers: candidates, events, and the end of gathering.
#include <catch2/catch_test_macros.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"
#include "ice/stun_server.h"
#include "priority.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

TransportAddress at(const char* text) {
  return *TransportAddress::parse(text);
}

const TransportAddress& kLocal = HandDrivenAgent::kLocal;
const TransportAddress kServer = at("203.0.113.1:3478");
const TransportAddress kSecondServer = at("203.0.113.2:3478");
const TransportAddress kMapped = at("198.51.100.77:7777");

/// The agent has one socket and asks kServer; the request.
Sent start_asking(HandDrivenAgent& driven) {
  driven.agent().start_gathering(driven.now());
  driven.add_socket();
  REQUIRE(driven.agent().add_stun_server(driven.now(), kServer));
  driven.agent().end_of_local_sockets(driven.now());
  driven.drain();
  return driven.take_requests().at(0);
}

std::vector<Candidate> take_found(HandDrivenAgent& driven) {
  std::vector<Candidate> found;
  for (const auto& event : driven.take_events_of<LocalCandidateFound>()) {
    found.push_back(event.candidate);
  }
  return found;
}

bool is_complete(const HandDrivenAgent& driven) {
  return driven.agent().gathering_state() == GatheringState::complete;
}

}  // namespace

TEST_CASE("what a server sees is signalled as a server-reflexive candidate", "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent request = start_asking(driven);
  CHECK_FALSE(is_complete(driven));
  driven.receive(server_answer(request, kMapped), kServer);
  const auto found = take_found(driven);
  REQUIRE(found.size() == 2);
  CHECK(found[1].type == CandidateType::server_reflexive);
  CHECK(found[1].address == kMapped);
  CHECK(found[1].base == kLocal);
  CHECK(found[1].related == kLocal);
  CHECK(found[1].priority == candidate_priority(CandidateType::server_reflexive, 65535, 1));
  CHECK(found[1].foundation != found[0].foundation);
  CHECK(is_complete(driven));
}

TEST_CASE("without a NAT there is no second candidate", "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent request = start_asking(driven);
  driven.receive(server_answer(request, kLocal), kServer);
  CHECK(take_found(driven).size() == 1);
  CHECK(driven.agent().local_candidates().size() == 1);
  CHECK(is_complete(driven));
}

TEST_CASE("two servers that see the same address make one candidate, else two", "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent first = start_asking(driven);
  REQUIRE(driven.agent().add_stun_server(driven.now(), kSecondServer));
  driven.run_for(50ms);
  const Sent second = driven.take_requests().at(0);
  driven.receive(server_answer(first, kMapped), kServer);
  SECTION("the same") {
    driven.receive(server_answer(second, kMapped), kSecondServer);
    CHECK(take_found(driven).size() == 2);
  }
  SECTION("another, as behind a symmetric NAT") {
    driven.receive(server_answer(second, at("198.51.100.77:7778")), kSecondServer);
    const auto found = take_found(driven);
    REQUIRE(found.size() == 3);
    // RFC 8445, section 5.1.1.3: of another server, so of another foundation.
    CHECK(found[1].foundation != found[2].foundation);
  }
  CHECK(is_complete(driven));
}

// P15: ports of two sockets may be mapped alike by a careless server.
TEST_CASE("an answer belongs to the socket that asked", "[ice][agent]") {
  AgentConfig config;
  config.components = 2;
  HandDrivenAgent driven(config);
  const TransportAddress second_socket = at("192.0.2.1:1001");
  driven.add_socket(kLocal, 65535, 1);
  driven.add_socket(second_socket, 65535, 2);
  REQUIRE(driven.agent().add_stun_server(driven.now(), kServer));
  driven.run_for(100ms);
  for (const Sent& request : driven.take_requests()) {
    driven.receive(server_answer(request, kMapped), kServer, request.local);
  }
  const auto locals = driven.agent().local_candidates();
  REQUIRE(locals.size() == 4);
  CHECK(locals[2].component == 1);
  CHECK(locals[2].base == kLocal);
  CHECK(locals[3].component == 2);
  CHECK(locals[3].base == second_socket);
}

// P12, P13.
TEST_CASE("a reflexive candidate is checked from its base, with whoever was there already",
          "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent request = start_asking(driven);
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate();
  driven.receive(server_answer(request, kMapped), kServer);
  // Section 6.1.2.4: its pair would be the base's own.
  CHECK(driven.agent().pairs().size() == 1);
  driven.run_for(200ms);
  const auto checks = driven.take_requests();
  REQUIRE_FALSE(checks.empty());
  for (const Sent& check : checks) CHECK(check.local == kLocal);

  driven.receive(driven.success_for(checks[0], kMapped));
  driven.receive(driven.success_for(driven.take_requests().at(0), kMapped));
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->local.type == CandidateType::server_reflexive);
}

TEST_CASE("what a check revealed before the server did gets its name and is signalled",
          "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent request = start_asking(driven);
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate();
  driven.run_for(50ms);
  driven.receive(driven.success_for(driven.take_requests().at(0), kMapped));
  REQUIRE(driven.agent().local_candidates()[1].type == CandidateType::peer_reflexive);
  CHECK(take_found(driven).size() == 1);

  driven.receive(server_answer(request, kMapped), kServer);
  const auto found = take_found(driven);
  REQUIRE(found.size() == 1);
  CHECK(found[0].type == CandidateType::server_reflexive);
  CHECK(driven.agent().local_candidates().size() == 2);
}

// RFC 8838, section 13.
TEST_CASE("what a server says after the end is used and not signalled", "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent first = start_asking(driven);
  REQUIRE(driven.agent().add_stun_server(driven.now(), kSecondServer));
  driven.receive(server_answer(first, kMapped), kServer);
  driven.run_for(1300ms);
  REQUIRE(is_complete(driven));
  take_found(driven);
  const Sent late = driven.take_requests().at(0);
  driven.receive(server_answer(late, at("198.51.100.77:7778")), kSecondServer);
  CHECK(take_found(driven).empty());
  CHECK(driven.agent().local_candidates().size() == 3);
}

TEST_CASE("a socket that is added after the end is told, since only a restart signals it",
          "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent first = start_asking(driven);
  REQUIRE(driven.agent().add_local_socket(driven.now(), 1, at("192.0.2.8:5000"), 1000) ==
          AddCandidateResult::added);
  driven.drain();
  CHECK(driven.take_events_of<LateSocketAdded>().empty());
  driven.receive(server_answer(first, kMapped), kServer);
  driven.run_for(1300ms);
  REQUIRE(is_complete(driven));
  take_found(driven);
  REQUIRE(driven.agent().add_local_socket(driven.now(), 1, at("192.0.2.9:5000"), 1000) ==
          AddCandidateResult::added);
  driven.drain();
  const auto late = driven.take_events_of<LateSocketAdded>();
  REQUIRE(late.size() == 1);
  CHECK(late[0].base == at("192.0.2.9:5000"));
  CHECK(late[0].at == driven.now());
  driven.agent().restart(driven.now());
  driven.drain();
  CHECK(take_found(driven).size() == 3);
}

TEST_CASE("a server that gives no address is told, and the others go on", "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent first = start_asking(driven);
  REQUIRE(driven.agent().add_stun_server(driven.now(), kSecondServer));
  driven.receive(server_error(first, 500, "busy"), kServer);
  const auto failures = driven.take_events_of<GatheringFailed>();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].server == kServer);
  CHECK(failures[0].base == kLocal);
  CHECK(failures[0].reason.view() == "busy");
  CHECK_FALSE(is_complete(driven));
  driven.run_for(50ms);
  driven.receive(server_answer(driven.take_requests().at(0), kMapped), kSecondServer);
  CHECK(is_complete(driven));
}

TEST_CASE("gathering ends when nobody answers, and the agent need not wait for it",
          "[ice][agent]") {
  HandDrivenAgent driven;
  start_asking(driven);
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate();
  driven.run_for(50ms);
  for (const Sent& request : driven.take_requests()) {
    if (request.remote == HandDrivenAgent::kPeer) driven.answer(request);
  }
  driven.answer_checks();
  CHECK(driven.state_is(State::connected));
  CHECK_FALSE(is_complete(driven));
  driven.run_for(5s);
  CHECK(is_complete(driven));
  CHECK(driven.take_events_of<GatheringFailed>().size() == 1);
}

// P37.
TEST_CASE("a restart in the middle of gathering asks everything again", "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent before = start_asking(driven);
  driven.take_events();
  driven.agent().restart(driven.now());
  driven.drain();
  CHECK(driven.agent().gathering_state() == GatheringState::gathering);
  CHECK(take_found(driven).size() == 1);  // the socket, in the new generation

  driven.receive(server_answer(before, kMapped), kServer);
  CHECK(take_found(driven).empty());
  CHECK(driven.agent().counters().unexpected_messages == 1);
  CHECK_FALSE(is_complete(driven));

  driven.run_for(50ms);
  const auto again = driven.take_requests();
  REQUIRE(again.size() == 1);
  CHECK(again[0].message().transaction_id() != before.message().transaction_id());
  driven.receive(server_answer(again[0], kMapped), kServer);
  CHECK(take_found(driven).size() == 1);
  CHECK(is_complete(driven));
}

TEST_CASE("a restart after gathering gathers again", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.receive(server_answer(start_asking(driven), kMapped), kServer);
  REQUIRE(is_complete(driven));
  driven.take_events();
  driven.agent().restart(driven.now());
  driven.run_for(50ms);
  driven.receive(server_answer(driven.take_requests().at(0), kMapped), kServer);
  CHECK(is_complete(driven));
  std::vector<GatheringState> states;
  std::size_t found = 0;
  for (const Event& event : driven.take_events()) {
    if (const auto* gathering = std::get_if<GatheringChanged>(&event)) {
      states.push_back(gathering->state);
    }
    found += std::holds_alternative<LocalCandidateFound>(event) ? 1u : 0u;
  }
  CHECK(states == std::vector{GatheringState::gathering, GatheringState::complete});
  CHECK(found == 2);
}

// P42.
TEST_CASE("close in the middle of gathering ends it", "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent request = start_asking(driven);
  driven.agent().close(driven.now());
  driven.drain();
  driven.take_events();
  CHECK(driven.agent().deadline() == kNever);
  driven.receive(server_answer(request, kMapped), kServer);
  driven.sleep(1h);
  driven.agent().handle_timeout(driven.now());
  driven.drain();
  CHECK(driven.take_sent().empty());
  CHECK(driven.take_events().empty());
}

TEST_CASE("a socket that goes while its server is asked ends that question", "[ice][agent]") {
  HandDrivenAgent driven;
  const Sent request = start_asking(driven);
  driven.agent().remove_local_socket(driven.now(), kLocal);
  driven.drain();
  CHECK(is_complete(driven));
  driven.receive(server_answer(request, kMapped), kServer);
  CHECK(take_found(driven).size() == 1);
  CHECK(driven.agent().known_local_candidates().size() == 1);
  CHECK(driven.agent().counters().unexpected_messages == 1);
}

// RFC 8445, sections 5.1.1.4 and 8.3.
TEST_CASE("bindings are kept alive until a path is selected, and no longer", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.receive(server_answer(start_asking(driven), kMapped), kServer);
  driven.run_for(44s);
  const auto kept = driven.take_requests();
  REQUIRE(kept.size() == 2);
  CHECK(kept[1].at - kept[0].at == 15s);
  driven.receive(server_answer(kept[1], kMapped), kServer);

  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate();
  driven.run_for(100ms);
  driven.answer_checks();
  driven.answer_checks();
  REQUIRE(driven.agent().selected_pair(1));
  for (int i = 0; i < 20; ++i) {
    driven.run_for(3s);
    for (const Sent& sent : driven.take_requests()) {
      CHECK(sent.remote != kServer);
      driven.answer(sent);
    }
  }
}

TEST_CASE("a socket that comes after the end asks, too", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.receive(server_answer(start_asking(driven), kMapped), kServer);
  REQUIRE(is_complete(driven));
  driven.take_events();
  driven.add_socket(at("192.0.2.9:1000"));
  driven.run_for(50ms);
  const auto asked = driven.take_requests();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].local == at("192.0.2.9:1000"));
  CHECK(take_found(driven).empty());
}
