// What an agent does with the requests that it receives (RFC 8445, section 7.3), most of them not
// from its peer.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/ice/limits.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/integrity.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

std::uint16_t error_code_of(const Sent& response) {
  const auto error = response.message().get<stun::ErrorCode>();
  REQUIRE(error);
  return error->code;
}

TransportAddress stranger(unsigned number) {
  return {IpAddress::v4(203, 0, 113, static_cast<std::uint8_t>(number / 250 + 1)),
          static_cast<std::uint16_t>(10000 + number)};
}

}  // namespace

TEST_CASE("a check of the peer is answered with what the agent saw", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  driven.receive(driven.request(), HandDrivenAgent::kOther);

  const auto answers = driven.take(stun::Class::success);
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].local == HandDrivenAgent::kLocal);
  CHECK(answers[0].remote == HandDrivenAgent::kOther);
  CHECK(answers[0].message().get<stun::XorMappedAddress>()->address == HandDrivenAgent::kOther);
  CHECK(stun::check_integrity(answers[0].message(), driven.own_key()) ==
        stun::IntegrityCheck::valid);
  CHECK(driven.agent().counters().checks_received == 1);
}

// Nothing that does not prove to know the password gets an answer: its source may be forged.
TEST_CASE("whoever does not know the password gets no answer", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  driven.take_events();
  const std::string own = driven.agent().local_credentials().ufrag;
  const std::string peer = driven.peer().ufrag;
  PeerRequest request;
  SECTION("no MESSAGE-INTEGRITY") {
    request.is_signed = false;
  }
  SECTION("another password") {
    request.password = "anotherPasswordOf24chars";
  }
  SECTION("the peer's own password") {
    request.password = driven.peer().password;
  }
  SECTION("another receiver") {
    request.username = "wrongOne:" + peer;
  }
  SECTION("another sender") {
    request.username = own + ":wrongOne";
  }
  SECTION("the halves exchanged") {
    request.username = peer + ":" + own;
  }
  SECTION("no colon") {
    request.username = own + peer;
  }
  SECTION("an empty USERNAME") {
    request.username = "";
  }
  SECTION("a stranger with an unknown attribute") {
    request.is_signed = false;
    request.unknown_attribute = 0x7777;
  }
  SECTION("a stranger without PRIORITY") {
    request.is_signed = false;
    request.priority.reset();
  }
  SECTION("a stranger in our role") {
    request.is_signed = false;
    request.role = Role::controlling;
    request.tie_breaker = ~std::uint64_t{0};
  }
  SECTION("a stranger who nominates") {
    request.is_signed = false;
    request.use_candidate = true;
  }
  driven.receive(driven.request(request), HandDrivenAgent::kOther);
  driven.run_for(30ms);

  CHECK(driven.take_sent().empty());
  CHECK(driven.take_events().empty());
  CHECK(driven.agent().counters().unauthenticated_messages == 1);
  CHECK(driven.agent().counters().checks_received == 0);
  CHECK(driven.agent().remote_candidates().size() == 1);
  CHECK(driven.agent().role() == Role::controlling);
}

TEST_CASE("an unknown attribute that must be understood gets 420", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  PeerRequest request;
  request.unknown_attribute = 0x7abc;
  driven.receive(driven.request(request), HandDrivenAgent::kOther);

  const auto answers = driven.take(stun::Class::error);
  REQUIRE(answers.size() == 1);
  CHECK(error_code_of(answers[0]) == 420);
  const auto unknown = answers[0].message().get<stun::UnknownAttributes>();
  REQUIRE(unknown);
  REQUIRE(unknown->count == 1);
  CHECK(unknown->types[0] == 0x7abc);
  // And it has no other effect.
  CHECK(driven.agent().remote_candidates().size() == 1);
  CHECK(driven.agent().counters().checks_received == 0);
}

TEST_CASE("an unknown attribute that is optional does not matter", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  PeerRequest request;
  request.unknown_attribute = 0xc057;
  driven.receive(driven.request(request));
  CHECK(driven.take(stun::Class::success).size() == 1);
}

TEST_CASE("a check without a role is answered: it is an old peer's", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  PeerRequest request;
  request.has_role = false;
  driven.receive(driven.request(request), HandDrivenAgent::kOther);
  CHECK(driven.take(stun::Class::success).size() == 1);
  CHECK(driven.agent().remote_candidates().size() == 2);
  CHECK(driven.agent().counters().role_conflicts == 0);
}

TEST_CASE("a check without PRIORITY gets 400 and has no effect", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  PeerRequest request;
  request.priority.reset();
  driven.receive(driven.request(request), HandDrivenAgent::kOther);
  const auto answers = driven.take(stun::Class::error);
  REQUIRE(answers.size() == 1);
  CHECK(error_code_of(answers[0]) == 400);
  CHECK(driven.agent().remote_candidates().size() == 1);
}

TEST_CASE("what is no check is counted and gets no answer", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  const auto receive = [&](RawMessage raw) {
    driven.receive(raw.text(0x0006, driven.username_for_us()).integrity(driven.own_key()).bytes());
  };
  receive(RawMessage(0x0011));  // a Binding indication, but no path is selected
  receive(RawMessage(0x0003));  // Allocate: this is no TURN server
  receive(RawMessage(0x0101));  // a response to nothing
  receive(RawMessage(0x0111));
  CHECK(driven.take_sent().empty());
  CHECK(driven.agent().counters().unexpected_messages == 4);
  driven.receive(RawMessage().attribute(0x8028, "00000000").bytes());
  CHECK(driven.agent().counters().malformed_messages == 1);
  CHECK(driven.take_sent().empty());
}

// RFC 8445, section 7.3.1.3 and 7.3.1.4.
TEST_CASE("a check from an unknown address reveals a candidate, which is checked", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  PeerRequest request;
  request.priority = 0x6e001234;
  driven.receive(driven.request(request), HandDrivenAgent::kOther);

  const auto remotes = driven.agent().remote_candidates();
  REQUIRE(remotes.size() == 2);
  CHECK(remotes[1].type == CandidateType::peer_reflexive);
  CHECK(remotes[1].address == HandDrivenAgent::kOther);
  CHECK(remotes[1].priority == 0x6e001234);
  const auto checks = driven.take_requests();
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].remote == HandDrivenAgent::kOther);
  CHECK(checks[0].local == HandDrivenAgent::kLocal);
}

TEST_CASE("a check on a failed pair brings it back", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.error_for(driven.take_requests().at(0), 400));
  REQUIRE(driven.agent().pairs()[0].state == PairState::failed);
  driven.receive(driven.request());
  driven.answer_checks();
  CHECK(driven.agent().pairs()[0].state == PairState::succeeded);
}

TEST_CASE("checks from ever new addresses are answered while the addresses can be remembered",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  for (unsigned i = 0; i < 1000; ++i) driven.receive(driven.request(), stranger(i));
  CHECK(driven.take(stun::Class::success).size() == kPeerReflexiveCandidatesMax);
  CHECK(driven.agent().remote_candidates().size() <= kRemoteCandidatesMax);
  CHECK(driven.agent().pairs().size() <= kPairsMax);
  CHECK(driven.agent().counters().candidates_refused >= 1000 - kRemoteCandidatesMax);
}

TEST_CASE("addresses of the peer that led nowhere make room for others", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  for (unsigned i = 0; i < 2 * kPeerReflexiveCandidatesMax; ++i) {
    driven.take_sent();
    driven.receive(driven.request(), stranger(i));
    CHECK(driven.take(stun::Class::success).size() == 1);
    driven.run_for(60s);  // without an answer to our check
  }
  CHECK(driven.agent().remote_candidates().size() <= kPeerReflexiveCandidatesMax + 1);
}

TEST_CASE("a request gets at most one answer and one check at once", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  for (int i = 0; i < 200; ++i) {
    driven.receive(driven.request());
    REQUIRE(driven.take_sent().size() <= 2);
    driven.sleep(1ms);
  }
  // Three triggered checks in 20 ms, and the slots between them.
  CHECK(driven.agent().counters().checks_sent <= 200 / 20 * 3 + 3 + 200 / 50 + 1);
}

// A peer that asks and asks, and answers nothing, makes us ask: not all of it can be kept until it
// times out.
TEST_CASE("the open checks of a pair have a limit", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  for (int i = 0; i < 1000; ++i) {
    driven.receive(driven.request());
    driven.sleep(10ms);
  }
  const auto checks = driven.take_requests();
  // Those of its own, the repeats, and a few retransmissions; not one for each of the peer's.
  REQUIRE(checks.size() > kTransactionsRememberedMax);
  CHECK(checks.size() <= kAttemptsMax + stun::kSendCountMax);
  driven.receive(driven.success_for(checks.front()));
  CHECK(driven.agent().counters().unexpected_messages == 1);
  CHECK(driven.agent().pairs()[0].state == PairState::in_progress);
  driven.receive(driven.success_for(checks.back()));
  CHECK(driven.agent().pairs()[0].state == PairState::succeeded);
}

TEST_CASE("a check for a socket that is not ours changes nothing", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  driven.receive(driven.request(), HandDrivenAgent::kOther,
                 *TransportAddress::parse("192.0.2.99:1"));
  CHECK(driven.take_requests().empty());
  CHECK(driven.agent().remote_candidates().size() == 1);
  CHECK(driven.agent().pairs().size() == 1);
}
