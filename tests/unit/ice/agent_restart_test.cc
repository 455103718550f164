// A restart (RFC 8445, section 9): new credentials and checks, while the old path carries the data.
#include <catch2/catch_test_macros.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

/// Answers what is sent for so long; only what is sent to `answering`, if it is given.
void answer_for(HandDrivenAgent& driven, Duration duration,
                const std::optional<TransportAddress>& answering = {}) {
  for (const Timestamp end = driven.now() + duration; driven.now() < end;) {
    driven.run_for(50ms);
    for (const Sent& request : driven.take_requests()) {
      if (!answering || request.remote == *answering) driven.answer(request);
    }
  }
}

/// A candidate of the second component. False: it was refused.
bool add_second_candidate(HandDrivenAgent& driven) {
  Candidate candidate;
  candidate.component = 2;
  candidate.priority = 0x7efffffe;
  candidate.foundation = *Foundation::parse("1");
  candidate.address = candidate.base = {HandDrivenAgent::kPeer.ip, 7002};
  const auto result = driven.agent().add_remote_candidate(driven.now(), candidate);
  driven.drain();
  return result == AddCandidateResult::added;
}

}  // namespace

TEST_CASE("a restart changes both credentials and forgets the peer's", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const Credentials before = driven.agent().local_credentials();
  driven.agent().restart(driven.now());
  driven.drain();
  CHECK(driven.agent().local_credentials().ufrag != before.ufrag);
  CHECK(driven.agent().local_credentials().password != before.password);
  CHECK_FALSE(driven.agent().remote_credentials());
  CHECK(driven.agent().remote_candidates().empty());
  // The sockets are the same and are announced again.
  REQUIRE(driven.agent().local_candidates().size() == 1);
  CHECK(driven.agent().local_candidates()[0].address == HandDrivenAgent::kLocal);
}

TEST_CASE("data goes on over the old path, both ways", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.agent().restart(driven.now());
  driven.drain();
  driven.take_sent();
  CHECK(driven.state_is(State::connected));
  REQUIRE(driven.agent().send(driven.now(), 1, as_bytes("out")));
  driven.drain();
  CHECK(driven.take_sent().at(0).remote == HandDrivenAgent::kPeer);
  driven.receive(as_bytes("in"));
  CHECK(driven.take_data() == std::vector<std::string>{"in"});
}

TEST_CASE("the old path keeps asking for consent with the old credentials", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const std::string username = driven.peer().ufrag + ":" + driven.agent().local_credentials().ufrag;
  driven.agent().restart(driven.now());
  driven.drain();
  driven.take_sent();
  driven.run_for(6s);
  const auto requests = driven.take_requests();
  REQUIRE(requests.size() == 1);
  CHECK(as_text(*requests[0].message().find(stun::AttributeType::username)) == username);
  driven.receive(driven.success_for(requests[0]));
  driven.run_for(11s);
  CHECK(driven.state_is(State::connected));
}

TEST_CASE("checks of the peer's old generation are still answered", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const ByteVector old_request = driven.request();
  driven.agent().restart(driven.now());
  driven.drain();
  driven.take_sent();
  driven.receive(old_request);
  CHECK(driven.take(stun::Class::success).size() == 1);
  // And those of the new one, although it is not described yet.
  driven.receive(driven.request());
  CHECK(driven.take(stun::Class::success).size() == 1);
}

// RFC 8445, section 8.3.1.
TEST_CASE("the old generation is gone three seconds after the new one is connected",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const ByteVector old_request = driven.request();
  driven.agent().restart(driven.now());
  driven.drain();
  driven.take_sent();
  // The peer restarted, too, and kept its credentials only because the tests have but one pair.
  REQUIRE(driven.describe_peer());
  REQUIRE(driven.add_peer_candidate() == AddCandidateResult::added);
  driven.run_for(50ms);
  driven.answer_checks();
  driven.answer_checks();
  CHECK(driven.state_is(State::connected));
  CHECK(driven.agent().selected_pair(1));
  driven.run_for(2900ms);
  driven.take_sent();
  driven.receive(old_request);
  CHECK(driven.take(stun::Class::success).size() == 1);
  driven.run_for(200ms);
  driven.take_sent();
  driven.receive(old_request);
  CHECK(driven.take_sent().empty());
  CHECK(driven.agent().counters().unauthenticated_messages == 1);
}

TEST_CASE("an answer to a check of before the restart does no harm", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  const auto check = driven.take_requests().at(0);
  driven.agent().restart(driven.now());
  driven.drain();
  driven.receive(driven.success_for(check));
  CHECK(driven.agent().counters().unexpected_messages == 1);
  CHECK(driven.agent().pairs().empty());
}

TEST_CASE("a failed agent can restart", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(31s);
  REQUIRE(driven.state_is(State::failed));
  driven.agent().restart(driven.now());
  driven.drain();
  CHECK(driven.state_is(State::fresh));
  driven.take_sent();
  driven.describe_peer();
  driven.add_peer_candidate();
  driven.answer_checks();
  driven.answer_checks();
  CHECK(driven.state_is(State::connected));
}

TEST_CASE("data stays on the old path until the new generation has selected one", "[ice][agent]") {
  AgentConfig config;
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  driven.connect();
  driven.agent().restart(driven.now());
  driven.drain();
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate(HandDrivenAgent::kOther);
  driven.take_sent();
  driven.run_for(200ms);
  driven.answer_everything();
  REQUIRE(driven.agent().pairs()[0].is_valid());
  REQUIRE(driven.agent().send(driven.now(), 1, as_bytes("out")));
  driven.drain();
  CHECK(driven.take_sent().at(0).remote == HandDrivenAgent::kPeer);
}

// P50: nothing of a check is prepared before the credentials are there.
TEST_CASE("checks of the new generation carry the new credentials", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const std::string old_ufrag = driven.agent().local_credentials().ufrag;
  driven.agent().restart(driven.now());
  driven.drain();
  driven.take_sent();
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate();
  driven.run_for(50ms);
  const auto checks = driven.take_requests();
  REQUIRE_FALSE(checks.empty());
  const std::string& new_ufrag = driven.agent().local_credentials().ufrag;
  CHECK(new_ufrag != old_ufrag);
  for (const Sent& check : checks) {
    CHECK(as_text(*check.message().find(stun::AttributeType::username)) ==
          driven.peer().ufrag + ":" + new_ufrag);
  }
}

namespace {

/// Connected with both components; then a restart, after which the first has another path.
struct RestartedOnce {
  explicit RestartedOnce(bool old_paths_answer) {
    driven.add_socket({IpAddress::v4(192, 0, 2, 50), 5000}, 65535, 2);
    driven.start();
    REQUIRE(add_second_candidate(driven));
    answer_for(driven, 500ms);
    REQUIRE(driven.state_is(State::connected));
    for (const ComponentId component : {ComponentId{1}, ComponentId{2}}) {
      REQUIRE(driven.agent().send(driven.now(), component, as_bytes("out")));
    }
    if (!old_paths_answer) driven.run_for(2600ms);
    restart();
    REQUIRE(driven.describe_peer());
    driven.add_peer_candidate(HandDrivenAgent::kOther);
    answer_for(driven, 500ms, HandDrivenAgent::kOther);
    restart();
  }

  void restart() {
    driven.agent().restart(driven.now());
    driven.drain();
    driven.take_sent();
  }
  TransportAddress selected() const { return driven.agent().selected_pair(1)->remote.address; }
  bool hears(const TransportAddress& from) {
    driven.receive(as_bytes("in"), from);
    return !driven.take_data().empty();
  }

  static AgentConfig two_components() {
    AgentConfig config;
    config.components = 2;
    return config;
  }
  HandDrivenAgent driven{two_components()};
};

}  // namespace

// Moving world 28654020834: of the generation before, only one component had a path, but the two
// of the older one were dead.
TEST_CASE("an agent that restarts twice keeps the paths that answer", "[ice][agent]") {
  RestartedOnce scene(false);
  CHECK(scene.selected() == HandDrivenAgent::kOther);
}

// Moving world 7107320: the peer sends on the paths of either generation, and is heard.
TEST_CASE("an agent that restarts twice takes the data of both generations before",
          "[ice][agent]") {
  RestartedOnce scene(true);
  CHECK(scene.selected() == HandDrivenAgent::kPeer);
  CHECK(scene.hears(HandDrivenAgent::kPeer));
  CHECK(scene.hears(HandDrivenAgent::kOther));
  CHECK_FALSE(scene.hears({HandDrivenAgent::kOther.ip, 1}));

  HandDrivenAgent& driven = scene.driven;
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate();
  REQUIRE(add_second_candidate(driven));
  answer_for(driven, 500ms);
  REQUIRE(driven.agent().selected_pair_index(1));
  CHECK(scene.hears(HandDrivenAgent::kOther));
  answer_for(driven, 4s);
  CHECK_FALSE(scene.hears(HandDrivenAgent::kOther));
}

// Moving world 404040412209: this end had lost the path when it restarted, and the peer had not.
TEST_CASE("an agent without a path takes data of the generation before", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.request());
  REQUIRE_FALSE(driven.agent().selected_pair(1));
  driven.agent().restart(driven.now());
  driven.drain();
  driven.receive(as_bytes("in"));
  CHECK(driven.take_data() == std::vector<std::string>{"in"});
  // And no more once the next one has been connected for three seconds.
  driven.take_sent();
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate(HandDrivenAgent::kOther);
  answer_for(driven, 4s);
  REQUIRE(driven.agent().selected_pair(1));
  driven.receive(as_bytes("in"));
  CHECK(driven.take_data().empty());
}
