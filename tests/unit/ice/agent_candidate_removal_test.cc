// Candidates that either side takes back, and sides that do so without end.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

const TransportAddress& kLocal = HandDrivenAgent::kLocal;
const TransportAddress& kPeer = HandDrivenAgent::kPeer;

bool take_back(HandDrivenAgent& driven, const TransportAddress& address = kPeer) {
  Candidate candidate;
  candidate.address = address;
  candidate.priority = 1;
  candidate.foundation = *Foundation::parse("1");
  const bool removed = driven.agent().remove_remote_candidate(driven.now(), candidate);
  driven.drain();
  return removed;
}

const CandidatePair& only_pair_of(const HandDrivenAgent& driven) {
  REQUIRE(driven.agent().pairs().size() == 1);
  return driven.agent().pairs()[0];
}

}  // namespace

TEST_CASE("a candidate that was taken back is not checked any more", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  const Sent check = driven.take_requests().at(0);
  REQUIRE(take_back(driven));
  CHECK(only_pair_of(driven).state == PairState::removed);
  CHECK(only_pair_of(driven).failure == PairFailure::candidate_removed);
  driven.answer(check);
  CHECK(only_pair_of(driven).state == PairState::removed);
  CHECK(driven.agent().counters().unexpected_messages == 1);
  driven.run_for(60s);
  CHECK(driven.take_requests().empty());
}

TEST_CASE("what was not there cannot be taken back", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  CHECK_FALSE(take_back(driven, HandDrivenAgent::kOther));
  CHECK(take_back(driven));
  CHECK_FALSE(take_back(driven));
  driven.agent().close(driven.now());
  CHECK_FALSE(take_back(driven));
}

TEST_CASE("a selected path is kept until its peer is silent", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  REQUIRE(take_back(driven));
  CHECK(driven.agent().selected_pair(1));
  CHECK(driven.agent().send(driven.now(), 1, as_bytes("still")));
  driven.run_for(31s);
  CHECK_FALSE(driven.agent().selected_pair(1));
  CHECK(driven.state_is(State::failed));
}

TEST_CASE("a candidate that is signalled again is checked again", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  REQUIRE(take_back(driven));
  driven.take_sent();
  CHECK(driven.add_peer_candidate() == AddCandidateResult::added);
  driven.run_for(100ms);
  driven.answer_checks();
  driven.answer_checks();
  CHECK(driven.agent().selected_pair(1));
  CHECK(driven.agent().pairs().size() == 1);
}

TEST_CASE("a candidate that only a check revealed can be taken back, too", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.request(), HandDrivenAgent::kOther);
  REQUIRE(driven.agent().pairs().size() == 2);
  CHECK(take_back(driven, HandDrivenAgent::kOther));
  CHECK(driven.agent().pairs()[1].state == PairState::removed);
}

TEST_CASE("a peer that goes on checking from what it took back is answered and checked",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  REQUIRE(take_back(driven));
  driven.take_sent();
  driven.receive(driven.request());
  CHECK(driven.take(stun::Class::success).size() == 1);
  driven.answer_checks();
  driven.answer_checks();
  CHECK(driven.agent().selected_pair(1));
}

TEST_CASE("when the nominated candidate is taken back the next best is nominated", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.add_peer_candidate(HandDrivenAgent::kOther, CandidateType::host, 0x7e0000ff, "2");
  driven.run_for(60ms);
  driven.answer_everything();
  const auto nominating = driven.take_requests();
  REQUIRE(nominating.at(0).remote == kPeer);
  REQUIRE(nominating.at(0).has(stun::AttributeType::use_candidate));
  REQUIRE(take_back(driven));
  driven.run_for(200ms);
  driven.answer_everything();
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kOther);
}

TEST_CASE("an agent whose last candidate was taken back fails after its patience", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  REQUIRE(take_back(driven));
  driven.agent().end_of_remote_candidates(driven.now());
  driven.run_for(39s);
  CHECK_FALSE(driven.state_is(State::failed));
  driven.run_for(1s);
  CHECK(driven.state_is(State::failed));
}

TEST_CASE("a peer that moves on again and again has room for its next address", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  for (std::uint16_t i = 0; i < 300; ++i) {
    const TransportAddress address{IpAddress::v4(198, 51, 100, 9),
                                   static_cast<std::uint16_t>(i + 1)};
    REQUIRE(driven.add_peer_candidate(address) == AddCandidateResult::added);
    driven.receive(driven.request(), address);
    REQUIRE(take_back(driven, address));
    driven.take_sent();
  }
  CHECK(driven.agent().remote_candidates().size() <= 64);
  // What it never took back was not forgotten.
  CHECK(driven.agent().selected_pair(1)->remote.address == kPeer);
}

TEST_CASE("a candidate in the place of another has to prove itself", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.add_peer_candidate(HandDrivenAgent::kOther, CandidateType::host, 0x7e0000ff, "2");
  driven.receive(driven.request(), HandDrivenAgent::kOther);
  for (int i = 0; i < 3; ++i) driven.answer_everything();
  REQUIRE(driven.agent().selected_pair(1)->remote.address == kPeer);
  REQUIRE(take_back(driven, HandDrivenAgent::kOther));
  // The last of these finds no place of its own.
  TransportAddress address{IpAddress::v4(198, 51, 100, 9), 0};
  while (driven.agent().known_remote_candidates().size() < kRemoteCandidatesMax) {
    ++address.port;
    REQUIRE(driven.add_peer_candidate(address) == AddCandidateResult::added);
  }
  ++address.port;
  REQUIRE(driven.add_peer_candidate(address) == AddCandidateResult::added);
  driven.receive(as_bytes("from a stranger"), address);
  CHECK(driven.take_data().empty());
}

TEST_CASE("pairs of candidates that took others' places fit, or are not checked", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.add_socket(*TransportAddress::parse("[2001:db8::1]:1000"), 1000);
  for (std::uint16_t i = 0; i < 200; ++i) {
    const std::uint16_t port = static_cast<std::uint16_t>(i + 1);
    const TransportAddress address = i < 70
                                         ? TransportAddress{IpAddress::v4(198, 51, 100, 9), port}
                                         : TransportAddress{*IpAddress::parse("2001:db8::9"), port};
    REQUIRE(driven.add_peer_candidate(address) == AddCandidateResult::added);
    driven.receive(driven.request(), address,
                   i < 70 ? kLocal : *TransportAddress::parse("[2001:db8::1]:1000"));
    if (i < 190) REQUIRE(take_back(driven, address));
  }
  driven.run_for(31s);
  driven.run_for(5s);
  for (const Sent& sent : driven.take_sent()) {
    CHECK(sent.local.ip.family() == sent.remote.ip.family());
  }
}

TEST_CASE("sockets that come and go without end do not grow the agent, nor harm its path",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  for (std::uint16_t i = 0; i < 300; ++i) {
    const TransportAddress base{IpAddress::v4(192, 0, 2, 9), static_cast<std::uint16_t>(i + 1)};
    driven.agent().add_local_socket(driven.now(), 1, base, 1000);
    driven.drain();
    driven.receive(driven.request(), kPeer, base);
    driven.agent().remove_local_socket(driven.now(), base);
    driven.drain();
    driven.take_sent();
  }
  CHECK(driven.agent().local_candidates().size() <= 64);
  CHECK(driven.agent().pairs().size() <= 100);
  CHECK(driven.agent().selected_pair(1)->local.base == kLocal);
}

TEST_CASE("what was taken back is no longer listed", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.agent().remove_local_socket(driven.now(), HandDrivenAgent::kLocal);
  CHECK(driven.agent().local_candidates().empty());
  CHECK(driven.agent().known_local_candidates().size() == 1);
  const Candidate candidate = driven.agent().remote_candidates()[0];
  REQUIRE(driven.agent().remove_remote_candidate(driven.now(), candidate));
  CHECK(driven.agent().remote_candidates().empty());
  CHECK(driven.agent().known_remote_candidates().size() == 1);
}
