// Whether the peer is taken to live: by all that it sends, not by its answers alone (P26).
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

TEST_CASE("a peer whose checks or data arrive is not doubted while its answers are lost",
          "[ice][agent]") {
  const bool data = GENERATE(false, true);
  HandDrivenAgent driven;
  driven.connect();
  for (int i = 0; i < 14; ++i) {
    driven.run_for(2s);
    if (data) {
      driven.receive(as_bytes("here"));
    } else {
      driven.receive(driven.request());
    }
    CHECK(driven.state_is(State::connected));
  }
  // Consent is another matter (RFC 7675).
  driven.run_for(3s);
  CHECK(driven.state_is(State::failed));
}

TEST_CASE("in doubt a controlling agent says again that it uses the pair", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(1s);
  driven.take_sent();
  REQUIRE(driven.agent().send(driven.now(), 1, as_bytes("is anybody there")));
  driven.drain();
  driven.run_for(2600ms);
  const auto requests = driven.take_requests();
  CHECK(std::ranges::any_of(requests, [](const Sent& request) {
    return request.remote == HandDrivenAgent::kPeer &&
           request.message().has(stun::AttributeType::use_candidate);
  }));
}

// RFC 8445, section 7.3.1.4.
TEST_CASE("a check on another path causes one, although a pair is selected", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(2s);
  driven.take_sent();
  driven.receive(driven.request(), HandDrivenAgent::kOther);
  driven.run_for(60ms);
  const auto requests = driven.take_requests();
  CHECK(std::ranges::any_of(
      requests, [](const Sent& request) { return request.remote == HandDrivenAgent::kOther; }));
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kPeer);
}

TEST_CASE("what strangers send is no sign of life", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  PeerRequest forged;
  forged.password = "a password that is not it";
  for (int i = 0; i < 14; ++i) {
    driven.run_for(1s);
    driven.receive(driven.request(forged));
    driven.receive(as_bytes("here"), HandDrivenAgent::kOther);
  }
  CHECK(driven.state_is(State::disconnected));
}

TEST_CASE("a doubt ends with the peer's next check", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(15s);
  REQUIRE(driven.state_is(State::disconnected));
  driven.receive(driven.request());
  CHECK(driven.state_is(State::connected));
}
