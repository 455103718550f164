// What is counted of each pair (W3C's RTCIceCandidatePairStats).
#include <catch2/catch_test_macros.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

const PairStatistics& statistics_of(const HandDrivenAgent& driven, std::size_t place = 0) {
  REQUIRE(place < driven.agent().pairs().size());
  return driven.agent().pairs()[place].statistics;
}

}  // namespace

TEST_CASE("checks and their answers are counted on their pair", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.sleep(20ms);
  driven.answer_checks();  // the check, which makes the agent nominate
  driven.sleep(20ms);
  driven.answer_checks();
  const PairStatistics& statistics = statistics_of(driven);
  CHECK(statistics.requests_sent == 2);
  CHECK(statistics.responses_received == 2);
  CHECK(statistics.requests_received == 0);
  CHECK(statistics.round_trips == 2);
  CHECK(statistics.current_round_trip == 20ms);
  CHECK(statistics.total_round_trip == 40ms);
  driven.receive(driven.request());
  CHECK(statistics_of(driven).requests_received == 1);
  CHECK(statistics_of(driven).responses_sent == 1);
}

TEST_CASE("consent is counted apart and measures the round trip", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const auto checks = statistics_of(driven).requests_sent;
  driven.run_for(6s);
  const auto consent = driven.take_requests();
  REQUIRE(consent.size() == 1);
  driven.sleep(consent[0].at + 35ms - driven.now());
  driven.answer(consent[0]);
  CHECK(statistics_of(driven).consent_requests_sent == 1);
  CHECK(statistics_of(driven).requests_sent == checks);
  CHECK(statistics_of(driven).current_round_trip == 35ms);
}

// RFC 6298, section 3: nobody knows which of two sends was answered.
TEST_CASE("an answer to a request that was sent twice is no measurement", "[ice][agent]") {
  AgentConfig config;
  config.pacing.strict = true;
  HandDrivenAgent driven(config);
  driven.start();
  driven.run_for(600ms);
  const auto sent = driven.take_requests();
  REQUIRE(sent.size() == 2);
  driven.answer(sent[0]);
  CHECK(statistics_of(driven).requests_sent >= 2);
  CHECK(statistics_of(driven).responses_received == 1);
  CHECK(statistics_of(driven).round_trips == 0);
}

TEST_CASE("what does not prove to come from the peer is not counted on a pair", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  const Sent check = driven.take_requests().at(0);
  ByteVector forged = driven.success_for(check);
  PeerRequest request;
  request.password = "a password that is not it";
  driven.receive(driven.request(request));
  driven.receive(driven.success_for(check), HandDrivenAgent::kOther);
  CHECK(statistics_of(driven).requests_received == 0);
  CHECK(statistics_of(driven).responses_received == 0);
  CHECK(statistics_of(driven).round_trips == 0);
}

TEST_CASE("data is counted on the pair that carried it, both ways", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  REQUIRE(driven.agent().send(driven.now(), 1, as_bytes("four")));
  REQUIRE(driven.agent().route_data(driven.now(), 1, 6));
  driven.drain();
  driven.receive(as_bytes("three"));
  driven.receive(as_bytes(""));
  const PairStatistics& statistics = statistics_of(driven);
  CHECK(statistics.data_sent == 2);
  CHECK(statistics.data_bytes_sent == 10);
  CHECK(statistics.data_received == 2);
  CHECK(statistics.data_bytes_received == 5);
  CHECK(driven.agent().counters().data_sent == 2);
  CHECK(driven.agent().counters().data_received == 2);
}

TEST_CASE("every datagram is counted once, both ways", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.answer_checks();
  driven.answer_checks();
  driven.receive(driven.request());
  driven.receive(as_bytes("data"));
  driven.receive(as_bytes("strange"), HandDrivenAgent::kOther);
  driven.agent().send(driven.now(), 1, as_bytes("data"));
  driven.drain();
  driven.agent().route_data(driven.now(), 1, 100);
  const AgentCounters& counters = driven.agent().counters();
  // Two checks, one answer, two of data; two answers, one check, two of data.
  CHECK(counters.datagrams_sent == 5);
  CHECK(counters.datagrams_received == 5);
  CHECK(counters.data_from_strangers == 1);
  CHECK(counters.bytes_sent > 104);
  CHECK(counters.bytes_received > 11);
}

TEST_CASE("the place of the selected pair leads to its statistics", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  CHECK_FALSE(driven.agent().selected_pair_index(1));
  driven.answer_checks();
  driven.answer_checks();
  REQUIRE(driven.agent().selected_pair_index(1));
  const PairIndex index = *driven.agent().selected_pair_index(1);
  CHECK(driven.agent().pairs()[index.value()].nomination.is_nominated());
  driven.agent().restart(driven.now());
  driven.drain();
  CHECK(driven.agent().selected_pair(1));
  CHECK_FALSE(driven.agent().selected_pair_index(1));
}
