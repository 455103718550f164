// Relay-only agents (RFC 8828; W3C's RTCIceTransportPolicy): the peer learns no address of this
// host, whatever it does.
#include <catch2/catch_test_macros.hpp>

#include "floe/ice/explanation.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

AgentConfig relay_only() {
  AgentConfig config;
  config.policy = CandidatePolicy::relay;
  return config;
}

}  // namespace

TEST_CASE("a relay-only agent signals no socket and asks no STUN server", "[ice][agent]") {
  HandDrivenAgent driven(relay_only());
  CHECK_FALSE(driven.agent().add_stun_server(driven.now(), HandDrivenAgent::kOther));
  driven.start();
  driven.run_for(5s);
  CHECK(driven.take_events_of<LocalCandidateFound>().empty());
  CHECK(driven.agent().local_candidates().empty());
  CHECK(driven.take_sent().empty());
  CHECK(driven.agent().gathering_state() == GatheringState::complete);
}

TEST_CASE("a relay-only agent answers no check to its sockets", "[ice][agent]") {
  HandDrivenAgent driven(relay_only());
  driven.start();
  PeerRequest request;
  request.role = Role::controlled;
  driven.receive(driven.request(request));
  driven.run_for(5s);
  CHECK(driven.take_sent().empty());
  CHECK(driven.agent().counters().unauthenticated_messages == 1);
  CHECK(driven.agent().remote_candidates().size() == 1);
}

TEST_CASE("a relay-only agent takes no data at its sockets", "[ice][agent]") {
  HandDrivenAgent driven(relay_only());
  driven.start();
  driven.receive(driven.request());
  driven.receive(as_bytes("data"));
  CHECK(driven.take_data().empty());
  CHECK_FALSE(driven.agent().send(driven.now(), 1, as_bytes("data")));
}

TEST_CASE("a restart of a relay-only agent shows nothing either", "[ice][agent]") {
  HandDrivenAgent driven(relay_only());
  driven.start();
  driven.agent().restart(driven.now());
  driven.drain();
  CHECK(driven.take_events_of<LocalCandidateFound>().empty());
  CHECK(driven.agent().local_candidates().empty());
  driven.agent().remove_local_socket(driven.now(), HandDrivenAgent::kLocal);
  driven.drain();
  CHECK(driven.take_events_of<LocalCandidateRemoved>().empty());
}

TEST_CASE("a relay-only agent without a relay fails, and says why", "[ice][agent]") {
  HandDrivenAgent driven(relay_only());
  driven.start();
  driven.agent().end_of_remote_candidates(driven.now());
  driven.run_for(40s);
  REQUIRE(driven.state_is(State::failed));
  CHECK(explain(driven.agent()).find("Only relayed candidates are allowed") == 0);
}

TEST_CASE("the policy may be another until there are sockets", "[ice][agent]") {
  HandDrivenAgent driven;
  CHECK(driven.agent().set_policy(CandidatePolicy::relay));
  driven.start();
  CHECK(driven.agent().local_candidates().empty());
  CHECK_FALSE(driven.agent().set_policy(CandidatePolicy::all));
  driven.drain();
  CHECK(driven.take_events_of<LocalCandidateFound>().empty());
}
