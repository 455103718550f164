// Selected paths that are lost, and what takes their place: sockets that vanish, peers that fall
// silent.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

const TransportAddress& kLocal = HandDrivenAgent::kLocal;
const TransportAddress& kPeer = HandDrivenAgent::kPeer;
const TransportAddress& kOther = HandDrivenAgent::kOther;
const TransportAddress kSecondSocket = {IpAddress::v4(192, 0, 2, 50), 5000};

Candidate candidate_at(const TransportAddress& address) {
  Candidate candidate;
  candidate.address = candidate.base = address;
  candidate.priority = 0x7effffff;
  candidate.foundation = *Foundation::parse("1");
  return candidate;
}

void lose(HandDrivenAgent& driven, const TransportAddress& base) {
  driven.agent().remove_local_socket(driven.now(), base);
  driven.drain();
}

/// Answers all that is sent, but to `silent`, for `duration`.
void answer_for(HandDrivenAgent& driven, Duration duration,
                const std::optional<TransportAddress>& silent = {}) {
  const Timestamp end = driven.now() + duration;
  while (driven.now() < end) {
    driven.run_for(100ms);
    for (const Sent& request : driven.take_requests()) {
      if (request.remote != silent) driven.answer(request);
    }
  }
}

/// Connected from kLocal, with a second socket that works, too.
void connect_with_two_sockets(HandDrivenAgent& driven) {
  driven.add_socket(kSecondSocket, 1000);
  driven.start();
  answer_for(driven, 300ms);
  REQUIRE(driven.agent().selected_pair(1)->local.base == kLocal);
  driven.take_events();
}

}  // namespace

TEST_CASE("when the socket of the selected path goes another takes over", "[ice][agent]") {
  const Duration since = GENERATE(Duration(1s), Duration(10min));
  HandDrivenAgent driven;
  connect_with_two_sockets(driven);
  answer_for(driven, since);
  lose(driven, kLocal);
  CHECK(driven.state_is(State::disconnected));
  CHECK(driven.take_events_of<LocalCandidateRemoved>().size() == 1);
  answer_for(driven, 1s);
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->local.base == kSecondSocket);
  CHECK(driven.agent().send(driven.now(), 1, as_bytes("over the other")));
}

TEST_CASE("a check on a spare pair causes one of this agent, and no more while that is fresh",
          "[ice][agent]") {
  HandDrivenAgent driven;
  connect_with_two_sockets(driven);
  answer_for(driven, 4s);
  driven.take_sent();
  for (int i = 0; i < 10; ++i) {
    driven.receive(driven.request(), kPeer, kSecondSocket);
    driven.run_for(60ms);
    driven.receive(as_bytes("the selected pair works"));
    for (const Sent& request : driven.take_requests()) driven.answer(request);
  }
  CHECK(driven.agent().selected_pair(1)->local.base == kLocal);
  const auto& pairs = driven.agent().pairs();
  const auto spare = std::ranges::find_if(pairs, [&](const CandidatePair& pair) {
    return driven.agent().known_local_candidates()[pair.local.value()].base == kSecondSocket;
  });
  REQUIRE(spare != pairs.end());
  CHECK(spare->statistics.requests_sent <= 3);  // one or two of them before it was selected
}

TEST_CASE("data goes on over another path that works before it is nominated", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket(kSecondSocket, 1000);
  driven.start();
  driven.run_for(60ms);
  driven.answer_everything();
  driven.answer_everything();
  REQUIRE(driven.agent().selected_pair(1));
  lose(driven, kLocal);
  driven.take_sent();
  REQUIRE(driven.agent().send(driven.now(), 1, as_bytes("at once")));
  driven.drain();
  CHECK(driven.take_sent().at(0).local == kSecondSocket);
}

TEST_CASE("when the last socket goes another may come for as long as the peer waits",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  lose(driven, kLocal);
  CHECK(driven.state_is(State::disconnected));
  CHECK_FALSE(driven.agent().send(driven.now(), 1, as_bytes("no way")));
  SECTION("it comes") {
    driven.run_for(20s);
    driven.add_socket(kSecondSocket, 1000);
    answer_for(driven, 1s);
    CHECK(driven.state_is(State::connected));
  }
  SECTION("it does not come") {
    driven.run_for(29s);
    CHECK(driven.state_is(State::disconnected));
    driven.run_for(2s);
    CHECK(driven.state_is(State::failed));
  }
}

TEST_CASE("a peer that falls silent is looked for at its other addresses", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.add_peer_candidate(kOther, CandidateType::host, 0x7e0000ff, "2");
  answer_for(driven, 300ms);
  REQUIRE(driven.agent().selected_pair(1)->remote.address == kPeer);
  answer_for(driven, 40s, kPeer);
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->remote.address == kOther);
  CHECK(driven.state_is(State::connected));
}

TEST_CASE("a peer that understands renomination is led away while there is still consent",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  REQUIRE(driven.describe_peer(false, {.ice2 = true, .renomination = true}));
  driven.add_peer_candidate();
  driven.add_peer_candidate(kOther, CandidateType::host, 0x7e0000ff, "2");
  answer_for(driven, 300ms);
  REQUIRE(driven.agent().selected_pair(1)->remote.address == kPeer);
  driven.take_events();
  answer_for(driven, 20s, kPeer);
  CHECK(driven.agent().selected_pair(1)->remote.address == kOther);
  // There was never a time without a path.
  for (const auto& event : driven.take_events_of<StateChanged>()) {
    CHECK(event.state != State::failed);
  }
}

TEST_CASE("a controlled agent returns to what was nominated before", "[ice][agent]") {
  AgentConfig config;
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  driven.add_socket();
  REQUIRE(driven.describe_peer(false, {.ice2 = true, .renomination = true}));
  driven.add_peer_candidate();
  driven.add_peer_candidate(kOther, CandidateType::host, 0x7e0000ff, "2");
  answer_for(driven, 300ms);
  PeerRequest nominating;
  nominating.role = Role::controlling;
  nominating.use_candidate = true;
  driven.receive(driven.request(nominating), kPeer);
  REQUIRE(driven.agent().selected_pair(1)->remote.address == kPeer);
  driven.receive(driven.request(nominating), kOther);
  REQUIRE(driven.agent().selected_pair(1)->remote.address == kOther);
  // The peer has not got the answer to that, and is where it was.
  answer_for(driven, 40s, kOther);
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->remote.address == kPeer);
}

// The pair of the first nomination was given up before an answer to this agent's check came, and
// proved to work later.
TEST_CASE("a controlled agent that loses a socket needs no second nomination", "[ice][agent]") {
  AgentConfig config;
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  driven.add_socket();
  driven.add_socket(kSecondSocket, 1000);
  REQUIRE(driven.describe_peer(false, {.ice2 = true, .renomination = true}));
  driven.add_peer_candidate();
  driven.run_for(300ms);
  PeerRequest check;
  check.role = Role::controlling;
  check.use_candidate = true;
  driven.receive(driven.request(check), kPeer, kLocal);
  driven.receive(driven.request(check), kPeer, kSecondSocket);
  driven.run_for(100ms);
  for (const Sent& request : driven.take_requests()) {
    if (request.local == kSecondSocket) driven.answer(request);
  }
  REQUIRE(driven.agent().selected_pair(1)->local.base == kSecondSocket);
  check.use_candidate = false;
  driven.receive(driven.request(check), kPeer, kLocal);
  answer_for(driven, 300ms);
  lose(driven, kSecondSocket);
  answer_for(driven, 6s);
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->local.base == kLocal);
}

TEST_CASE("a selected path that answers again in time is kept", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(20s);
  REQUIRE(driven.state_is(State::disconnected));
  driven.take_sent();
  driven.run_for(6s);
  driven.answer_checks();
  CHECK(driven.state_is(State::connected));
  CHECK(driven.agent().counters().selected_pair_changes == 1);
}

// RFC 7675, section 5.1: "the same ICE credentials MUST NOT be used on the affected 5-tuple again".
TEST_CASE("a path that lost consent is used again only after a restart", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(31s);
  REQUIRE(driven.state_is(State::failed));
  driven.take_sent();
  SECTION("not when the peer checks it") {
    driven.receive(driven.request());
  }
  SECTION("not when its candidate is signalled again") {
    driven.add_peer_candidate();
  }
  SECTION("not when its candidate is taken back and signalled again") {
    driven.agent().remove_remote_candidate(driven.now(), candidate_at(kPeer));
    driven.add_peer_candidate();
  }
  SECTION("not when its socket is closed and opened again") {
    lose(driven, kLocal);
    driven.add_socket();
  }
  driven.run_for(10s);
  CHECK(driven.take_requests().empty());

  driven.agent().restart(driven.now());
  driven.drain();
  driven.describe_peer();
  driven.add_peer_candidate();
  answer_for(driven, 1s);
  CHECK(driven.agent().selected_pair(1));
}

TEST_CASE("a new candidate gives an agent that lost its path another chance", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(31s);
  REQUIRE(driven.state_is(State::failed));
  driven.add_peer_candidate(kOther);
  CHECK(driven.state_is(State::checking));
  answer_for(driven, 1s);
  CHECK(driven.state_is(State::connected));
  CHECK(driven.agent().selected_pair(1)->remote.address == kOther);
}

TEST_CASE("of two components that lose a path only one is stopped", "[ice][agent]") {
  AgentConfig config;
  config.components = 2;
  HandDrivenAgent driven(config);
  driven.add_socket(kLocal, 65535, 1);
  driven.add_socket(kSecondSocket, 65535, 2);
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate();
  Candidate second = candidate_at(kOther);
  second.component = 2;
  REQUIRE(driven.agent().add_remote_candidate(driven.now(), second) == AddCandidateResult::added);
  driven.drain();
  answer_for(driven, 500ms);
  REQUIRE(driven.state_is(State::connected));
  lose(driven, kSecondSocket);
  CHECK_FALSE(driven.state_is(State::connected));
  CHECK(driven.agent().send(driven.now(), 1, as_bytes("first")));
  CHECK_FALSE(driven.agent().send(driven.now(), 2, as_bytes("second")));
}

TEST_CASE("a controlled agent waits for the peer to nominate another path", "[ice][agent]") {
  AgentConfig config;
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  driven.add_socket(kSecondSocket, 1000);
  driven.connect();
  lose(driven, kLocal);
  answer_for(driven, 1s);
  CHECK_FALSE(driven.agent().selected_pair(1));
  PeerRequest nominating;
  nominating.role = Role::controlling;
  nominating.use_candidate = true;
  driven.receive(driven.request(nominating), kPeer, kSecondSocket);
  answer_for(driven, 1s);
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->local.base == kSecondSocket);
}

TEST_CASE("whenever a socket goes, nothing is sent from it any more", "[ice][agent]") {
  const int moment = GENERATE(range(0, 9));
  CAPTURE(moment);
  HandDrivenAgent driven;
  driven.add_socket();
  if (moment >= 1) driven.agent().start_gathering(driven.now());
  if (moment >= 2) driven.agent().end_of_local_sockets(driven.now());
  if (moment >= 3) driven.describe_peer();
  if (moment >= 4) driven.add_peer_candidate();
  if (moment >= 5) driven.answer_checks();  // nominating
  if (moment >= 6) driven.answer_checks();  // connected
  if (moment >= 7) driven.run_for(15s);     // doubtful
  if (moment >= 8) driven.agent().restart(driven.now());
  driven.drain();
  const auto under_way = driven.take_requests();
  lose(driven, kLocal);
  driven.take_sent();
  for (const Sent& request : under_way) {
    if (request.remote == kPeer) driven.answer(request);
  }
  driven.receive(driven.request());
  driven.agent().send(driven.now(), 1, as_bytes("data"));
  driven.run_for(60s);
  for (const Sent& sent : driven.take_sent()) {
    // Who is asked may answer from there: the host drops it.
    CHECK_FALSE(sent.is(stun::Class::request));
  }
  CHECK_FALSE(driven.agent().selected_pair(1));
}
