// Candidates that are allowed and strange, or neither: none may keep an agent from connecting over
// the good one, nor make it send much (P31, P34).
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

Candidate odd_candidate(std::string_view address) {
  Candidate candidate;
  candidate.priority = 0x7fffffff;
  candidate.foundation = *Foundation::parse("odd");
  candidate.address = candidate.base = *TransportAddress::parse(address);
  return candidate;
}

/// The agent still connects to kPeer.
void check_that_it_connects(HandDrivenAgent& driven) {
  driven.add_peer_candidate();
  for (int i = 0; i < 40 && !driven.agent().selected_pair(1); ++i) {
    driven.run_for(50ms);
    driven.answer_checks();
  }
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kPeer);
}

}  // namespace

TEST_CASE("a candidate at an odd address does no harm", "[ice][agent]") {
  const char* const address = GENERATE("192.0.2.1:1000",        // our own
                                       "127.0.0.1:9",           // this host's
                                       "169.254.1.1:1000",      // of some link
                                       "255.255.255.255:1000",  // everybody's
                                       "240.0.0.1:1000",        // nobody's
                                       "[::1]:1000", "[fe80::1]:1000", "[::ffff:198.51.100.2]:2000",
                                       "[2001:db8::1]:1");  // of another family
  CAPTURE(address);
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  driven.agent().add_remote_candidate(driven.now(), odd_candidate(address));
  driven.drain();
  check_that_it_connects(driven);
}

TEST_CASE("a candidate with odd numbers does no harm", "[ice][agent]") {
  Candidate odd = odd_candidate("198.51.100.99:99");
  SECTION("priority 0") {
    odd.priority = 0;
  }
  SECTION("the greatest priority, and more") {
    odd.priority = ~std::uint32_t{0};
  }
  SECTION("component 0") {
    odd.component = 0;
  }
  SECTION("component 257") {
    odd.component = 257;
  }
  SECTION("no foundation") {
    odd.foundation = {};
  }
  SECTION("a type that is never signalled") {
    odd.type = CandidateType::peer_reflexive;
  }
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  driven.agent().add_remote_candidate(driven.now(), odd);
  driven.drain();
  check_that_it_connects(driven);
}

TEST_CASE("a check with an odd PRIORITY does no harm", "[ice][agent]") {
  const auto priority = GENERATE(std::uint32_t{0}, std::uint32_t{1}, ~std::uint32_t{0});
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  PeerRequest request;
  request.priority = priority;
  driven.receive(driven.request(request), HandDrivenAgent::kOther);
  CHECK(driven.agent().remote_candidates().size() == (priority == 0 ? 0u : 1u));
  check_that_it_connects(driven);
}

TEST_CASE("an agent that is its own peer's echo does not connect to itself", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  const auto before = driven.agent().counters().unauthenticated_messages;
  // Its own check comes back to it, from its own address.
  for (const Sent& check : driven.take_requests()) {
    driven.receive(check.payload, HandDrivenAgent::kLocal);
  }
  CHECK(driven.agent().counters().unauthenticated_messages == before + 1);
  CHECK(driven.take(stun::Class::success).empty());
  CHECK(driven.agent().remote_candidates().size() == 1);
}

TEST_CASE("its own answers that come back to it mean nothing", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  driven.receive(driven.request());
  for (const Sent& answer : driven.take(stun::Class::success)) {
    driven.receive(answer.payload, HandDrivenAgent::kLocal);
    driven.receive(answer.payload);
  }
  CHECK(driven.agent().counters().unexpected_messages == 2);
  CHECK_FALSE(driven.agent().selected_pair(1));
}
