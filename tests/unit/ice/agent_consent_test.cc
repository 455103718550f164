// Consent (RFC 7675): an agent sends only while the peer answers that it wants to receive.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "consent.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

// RFC 7675, section 5.1.
TEST_CASE("consent is asked for every 4 to 6 seconds, once each time", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  Timestamp last = driven.now();
  for (int i = 0; i < 20; ++i) {
    driven.run_until(std::max(driven.now(), last + 3999ms));
    REQUIRE(driven.take_requests().empty());
    driven.run_until(last + 6s);
    const auto requests = driven.take_requests();
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].remote == HandDrivenAgent::kPeer);
    last = requests[0].at;
    driven.receive(driven.success_for(requests[0]));
  }
  CHECK(driven.state_is(State::connected));
}

TEST_CASE("each consent request has a transaction id of its own", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(25s);
  const auto requests = driven.take_requests();
  REQUIRE(requests.size() >= 4);
  for (std::size_t i = 1; i < requests.size(); ++i) {
    CHECK(requests[i].message().transaction_id() != requests[i - 1].message().transaction_id());
  }
}

TEST_CASE("without answers data ends after 30 seconds and the agent has failed", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(kDisconnectedAfter - Duration(1));
  CHECK(driven.state_is(State::connected));
  driven.run_for(Duration(1));
  CHECK(driven.state_is(State::disconnected));
  CHECK(driven.agent().route_data(driven.now(), 1, 4));
  driven.run_until(driven.now() + 18s - Duration(1));
  CHECK(driven.state_is(State::disconnected));
  driven.run_for(Duration(1));
  CHECK(driven.state_is(State::failed));
  CHECK_FALSE(driven.agent().route_data(driven.now(), 1, 4));
  driven.take_sent();
  driven.run_for(10min);
  CHECK(driven.take_sent().empty());
}

// The peer's own checks prove that it lives, but consent is an answer to our question.
TEST_CASE("requests of the peer are no consent", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  for (int i = 0; i < 31; ++i) {
    driven.receive(driven.request());
    driven.run_for(1s);
  }
  CHECK(driven.state_is(State::failed));
}

TEST_CASE("a forged answer is no consent", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const auto key = MbedtlsCrypto().hmac_sha1(as_bytes("a password that is not it"));
  for (int i = 0; i < 31; ++i) {
    for (const Sent& request : driven.take_requests()) {
      ByteVector forged = driven.success_for(request);
      forged[forged.size() - 12] ^= 1;
      forged.erase(forged.end() - 8,
                   forged.end());  // without FINGERPRINT, which would be wrong, too
      forged[3] = static_cast<std::uint8_t>(forged.size() - 20);
      driven.receive(forged);
    }
    driven.run_for(1s);
  }
  CHECK(driven.agent().counters().unauthenticated_messages >= 5);
  CHECK(driven.state_is(State::failed));
}

TEST_CASE("an answer in time ends the doubt", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(15s);
  REQUIRE(driven.state_is(State::disconnected));
  driven.answer_checks();
  CHECK(driven.state_is(State::connected));
}

TEST_CASE("a host that slept too long finds consent gone", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.sleep(1h);
  driven.agent().handle_timeout(driven.now());
  driven.drain();
  CHECK(driven.state_is(State::failed));
  CHECK_FALSE(driven.agent().send(driven.now(), 1, as_bytes("data")));
}

// RFC 7675, section 5.1: "the same ICE credentials MUST NOT be used on the affected 5-tuple again".
// A peer whose requests still come through would stay connected to nobody.
TEST_CASE("requests on a path that lost consent are not answered", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(29s);
  driven.take_sent();
  driven.receive(driven.request());
  CHECK(driven.take(stun::Class::success).size() == 1);
  driven.run_for(2s);
  driven.take_sent();
  driven.receive(driven.request());
  CHECK(driven.take_sent().empty());
  CHECK(driven.agent().counters().checks_on_lost_paths == 1);
}

TEST_CASE("an answer to a consent request tells of a new mapping", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.take_events();
  driven.run_for(6s);
  const auto requests = driven.take_requests();
  REQUIRE(requests.size() == 1);
  driven.receive(driven.success_for(requests[0], HandDrivenAgent::kOther));
  const auto changes = driven.take_events_of<SelectedPairChanged>();
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].pair.local.type == CandidateType::peer_reflexive);
  CHECK(changes[0].pair.local.address == HandDrivenAgent::kOther);
  CHECK(changes[0].pair.local.base == HandDrivenAgent::kLocal);
  CHECK(driven.state_is(State::connected));
}
