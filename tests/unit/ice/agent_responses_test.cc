// What an agent does with the answers to its checks (RFC 8445, section 7.2.5), the false ones too.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/integrity.h"
#include "floe/stun/message_builder.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

PairState only_pair_of(const HandDrivenAgent& driven) {
  const auto pairs = driven.agent().pairs();
  REQUIRE(pairs.size() == 1);
  return pairs[0].state;
}

/// A response to `request`, of which the caller signs and says what it likes.
RawMessage response_to(const Sent& request, std::uint16_t type = 0x0101) {
  return RawMessage(type, to_hex(request.message().transaction_id()));
}

const std::string kMappedLocal =
    "0001"
    "22fa"
    "e112a643";  // 192.0.2.1:1000, XORed

}  // namespace

TEST_CASE("a check is what the RFC asks for", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  const auto checks = driven.take_requests();
  REQUIRE(checks.size() == 1);
  const auto message = checks[0].message();
  CHECK(checks[0].local == HandDrivenAgent::kLocal);
  CHECK(checks[0].remote == HandDrivenAgent::kPeer);
  CHECK(as_text(*message.find(stun::AttributeType::username)) ==
        driven.peer().ufrag + ":" + driven.agent().local_credentials().ufrag);
  // Section 7.1.1: what a peer-reflexive candidate would have.
  CHECK(message.get<stun::Priority>()->value == 0x6effffff);
  CHECK(message.has(stun::AttributeType::ice_controlling));
  CHECK_FALSE(message.has(stun::AttributeType::use_candidate));
  CHECK(message.has_fingerprint());
  CHECK(stun::check_integrity(message, driven.peer_key()) == stun::IntegrityCheck::valid);
}

TEST_CASE("the true answer makes the pair succeed", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  const auto check = driven.take_requests().at(0);
  REQUIRE(only_pair_of(driven) == PairState::in_progress);
  // As this file writes it by hand, so that the false ones below are false in one thing only.
  driven.receive(
      response_to(check).attribute(0x0020, kMappedLocal).integrity(driven.peer_key()).bytes());
  CHECK(only_pair_of(driven) == PairState::succeeded);
  CHECK(driven.agent().counters().check_responses_received == 1);
  CHECK(driven.agent().local_candidates().size() == 1);
}

TEST_CASE("a forged answer takes nothing from the true one", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  const auto check = driven.take_requests().at(0);
  const auto stranger_key = MbedtlsCrypto().hmac_sha1(as_bytes("a password that is not it"));
  ByteVector forged;
  SECTION("a success without MESSAGE-INTEGRITY") {
    forged = response_to(check).attribute(0x0020, kMappedLocal).bytes();
  }
  SECTION("a success under another password") {
    forged = response_to(check).attribute(0x0020, kMappedLocal).integrity(*stranger_key).bytes();
  }
  SECTION("a success under our own password") {
    forged = response_to(check).attribute(0x0020, kMappedLocal).integrity(driven.own_key()).bytes();
  }
  SECTION("the address after MESSAGE-INTEGRITY") {
    forged =
        response_to(check).integrity(driven.peer_key()).attribute(0x0020, kMappedLocal).bytes();
  }
  SECTION("a 401") {
    forged = response_to(check, 0x0111).attribute(0x0009, "00000401").bytes();
  }
  SECTION("a 487") {
    forged = response_to(check, 0x0111).attribute(0x0009, "00000457").bytes();
  }
  SECTION("a 400 under another password") {
    forged =
        response_to(check, 0x0111).attribute(0x0009, "00000400").integrity(*stranger_key).bytes();
  }
  SECTION("a success that must be understood and cannot be") {
    forged = response_to(check)
                 .attribute(0x0020, kMappedLocal)
                 .attribute(0x7777, "")
                 .integrity(driven.peer_key())
                 .bytes();
  }
  driven.receive(forged);
  CHECK(only_pair_of(driven) == PairState::in_progress);
  CHECK(driven.agent().role() == Role::controlling);
  const auto& counters = driven.agent().counters();
  CHECK(counters.unauthenticated_messages + counters.malformed_messages == 1);

  driven.receive(driven.success_for(check));
  CHECK(only_pair_of(driven) == PairState::succeeded);
}

TEST_CASE("an answer with another transaction id is an answer to nothing", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(RawMessage(0x0101, "a0a1a2a3a4a5a6a7a8a9aaab")
                     .attribute(0x0020, kMappedLocal)
                     .integrity(driven.peer_key())
                     .bytes());
  CHECK(only_pair_of(driven) == PairState::in_progress);
  CHECK(driven.agent().counters().unexpected_messages == 1);
}

TEST_CASE("an answer counts once", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(6s);
  const auto consent = driven.take_requests().at(0);
  const ByteVector answer = driven.success_for(consent);
  driven.receive(answer);
  const auto before = driven.agent().counters().check_responses_received;
  driven.receive(answer);
  CHECK(driven.agent().counters().check_responses_received == before);
  CHECK(driven.agent().counters().unexpected_messages == 1);
}

// RFC 8445, section 7.2.5.2.1.
TEST_CASE("an answer from elsewhere makes the pair fail", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket(*TransportAddress::parse("[2001:db8::1]:1000"));
  driven.start();
  const auto check = driven.take_requests().at(0);
  SECTION("from another source") {
    driven.receive(driven.success_for(check), HandDrivenAgent::kOther);
  }
  SECTION("from another port") {
    driven.receive(driven.success_for(check), *TransportAddress::parse("198.51.100.2:2001"));
  }
  SECTION("to another socket") {
    driven.receive(driven.success_for(check), HandDrivenAgent::kPeer,
                   *TransportAddress::parse("[2001:db8::1]:1000"));
  }
  CHECK(only_pair_of(driven) == PairState::failed);
  CHECK(driven.agent().counters().asymmetric_responses == 1);
}

TEST_CASE("a pair that failed for asymmetry is not sent to any more", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.success_for(driven.take_requests().at(0)), HandDrivenAgent::kOther);
  REQUIRE(only_pair_of(driven) == PairState::failed);
  driven.run_for(40s);
  CHECK(driven.take_requests().empty());
}

TEST_CASE("an answer from elsewhere does not harm a path that works", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(6s);
  const auto consent = driven.take_requests().at(0);
  driven.receive(driven.success_for(consent), HandDrivenAgent::kOther);
  CHECK(driven.agent().counters().asymmetric_responses == 1);
  CHECK(only_pair_of(driven) == PairState::succeeded);
  CHECK(driven.agent().selected_pair(1));
  CHECK(driven.agent().send(driven.now(), 1, as_bytes("still there")));
  // Nor is it consent.
  driven.run_for(24s);
  CHECK(driven.state_is(State::failed));
}

TEST_CASE("an error makes the pair fail", "[ice][agent]") {
  const auto code = GENERATE(std::uint16_t{400}, std::uint16_t{401}, std::uint16_t{420},
                             std::uint16_t{500}, std::uint16_t{300}, std::uint16_t{699});
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.error_for(driven.take_requests().at(0), code));
  CHECK(only_pair_of(driven) == PairState::failed);
  driven.run_for(40s);
  CHECK(driven.take_requests().empty());
}

// RFC 8445, section 7.2.5.3.1.
TEST_CASE("an unknown mapped address reveals a local candidate", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  const TransportAddress mapped = *TransportAddress::parse("203.0.113.77:7777");
  driven.receive(driven.success_for(driven.take_requests().at(0), mapped));
  const auto locals = driven.agent().local_candidates();
  REQUIRE(locals.size() == 2);
  CHECK(locals[1].type == CandidateType::peer_reflexive);
  CHECK(locals[1].address == mapped);
  CHECK(locals[1].base == HandDrivenAgent::kLocal);
  // Its priority is the one that the check carried.
  CHECK(locals[1].priority == 0x6effffff);
  CHECK(only_pair_of(driven) == PairState::succeeded);

  // Peer-reflexive candidates are never signalled.
  for (const Event& event : driven.take_events()) {
    if (const auto* found = std::get_if<LocalCandidateFound>(&event)) {
      CHECK(found->candidate.type == CandidateType::host);
    }
  }
  // And checks are sent from the base, not from the mapped address.
  for (const Sent& sent : driven.take_requests()) CHECK(sent.local == HandDrivenAgent::kLocal);
  driven.run_for(200ms);
  for (const Sent& sent : driven.take_requests()) CHECK(sent.local == HandDrivenAgent::kLocal);
}

TEST_CASE("a mapping that changes with every answer does not grow the agent", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  for (unsigned i = 0; i < 500; ++i) {
    const TransportAddress mapped{IpAddress::v4(203, 0, 113, 7),
                                  static_cast<std::uint16_t>(1000 + i)};
    driven.receive(driven.request());
    for (const Sent& check : driven.take_requests()) {
      driven.receive(driven.success_for(check, mapped));
    }
    driven.sleep(50ms);
  }
  CHECK(driven.agent().local_candidates().size() <= 64);
  CHECK(driven.agent().pairs().size() <= 2);
}

TEST_CASE("a check that is not answered is given up after 39.5 seconds", "[ice][agent]") {
  AgentConfig config;
  config.pacing.strict = true;
  HandDrivenAgent driven(config);
  driven.start();
  const Timestamp begin = driven.now();
  driven.run_for(39499ms);
  CHECK(only_pair_of(driven) == PairState::in_progress);
  driven.run_for(1ms);
  CHECK(only_pair_of(driven) == PairState::failed);

  std::vector<std::int64_t> sent_ms;
  ByteVector first;
  for (const Sent& sent : driven.take_requests()) {
    if (first.empty()) first = sent.payload;
    CHECK(sent.payload == first);  // a retransmission is identical
    sent_ms.push_back(
        std::chrono::duration_cast<std::chrono::milliseconds>(sent.at - begin).count());
  }
  CHECK(sent_ms == std::vector<std::int64_t>{0, 500, 1500, 3500, 7500, 15500, 31500});
}

TEST_CASE("while slots are idle a check is repeated, with an id of its own", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.run_for(110ms);
  const auto checks = driven.take_requests();
  REQUIRE(checks.size() == 3);
  CHECK(checks[1].at - checks[0].at == 50ms);
  CHECK(checks[0].message().transaction_id() != checks[1].message().transaction_id());
  // The answer to any of them counts.
  driven.receive(driven.success_for(checks[0]));
  CHECK(only_pair_of(driven) == PairState::succeeded);
}

TEST_CASE("without an answer an agent sends a bounded number of checks", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.run_for(120s);
  // Seven transactions, of which the last is repeated like any other.
  CHECK(driven.take_requests().size() <= 7 + 6);
  CHECK(only_pair_of(driven) == PairState::failed);
}
