// Agents with several data streams: each component of each stream is a path of its own (RFC 8445,
// sections 4 and 6.1.2).
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

constexpr StreamComponent kAll[] = {{0, 1}, {0, 2}, {1, 1}, {1, 2}};

AgentConfig two_by_two() {
  AgentConfig config;
  config.streams = 2;
  config.components = 2;
  return config;
}

std::uint16_t number_of(StreamComponent id) {
  return static_cast<std::uint16_t>(10 * id.stream + id.component);
}

TransportAddress socket_of(StreamComponent id) {
  return {IpAddress::v4(192, 0, 2, 1), static_cast<std::uint16_t>(1000 + number_of(id))};
}

TransportAddress peer_of(StreamComponent id) {
  return {IpAddress::v4(198, 51, 100, 2), static_cast<std::uint16_t>(2000 + number_of(id))};
}

AddCandidateResult add_peer(HandDrivenAgent& driven, StreamComponent id,
                            const TransportAddress& address) {
  Candidate candidate;
  candidate.stream = id.stream;
  candidate.component = id.component;
  candidate.priority = 0x7effff00u + (256u - id.component);
  candidate.foundation = *Foundation::parse("1");
  candidate.address = candidate.base = address;
  const auto result = driven.agent().add_remote_candidate(driven.now(), candidate);
  driven.drain();
  return result;
}

void start_all(HandDrivenAgent& driven) {
  for (const StreamComponent id : kAll) driven.add_socket(LocalSocket{id, socket_of(id)});
  REQUIRE(driven.describe_peer());
  for (const StreamComponent id : kAll)
    REQUIRE(add_peer(driven, id, peer_of(id)) == AddCandidateResult::added);
}

std::size_t waiting_or_checked(const HandDrivenAgent& driven) {
  return static_cast<std::size_t>(std::ranges::count_if(
      driven.agent().pairs(),
      [](const CandidatePair& pair) { return pair.state != PairState::frozen; }));
}

void answer_all(HandDrivenAgent& driven) {
  for (int i = 0; i < 10; ++i) {
    driven.run_for(50ms);
    driven.answer_everything();
  }
}

}  // namespace

TEST_CASE("an agent is connected when each component of each stream is", "[ice][agent]") {
  HandDrivenAgent driven(two_by_two());
  start_all(driven);
  CHECK(driven.agent().pairs().size() == 4);
  for (int i = 0; i < 100 && !driven.state_is(State::connected); ++i) {
    driven.run_for(20ms);
    const auto requests = driven.take_requests();
    if (!requests.empty()) driven.answer(requests[0]);
    const bool all = std::ranges::all_of(
        kAll, [&](StreamComponent id) { return driven.agent().selected_pair(id).has_value(); });
    CHECK(driven.state_is(State::connected) == all);
  }
  CHECK(driven.state_is(State::connected));
  std::vector<StreamComponent> told;
  for (const auto& event : driven.take_events_of<SelectedPairChanged>()) {
    told.emplace_back(event.stream, event.component);
    CHECK(event.pair.remote.address == peer_of({event.stream, event.component}));
  }
  CHECK(told.size() == 4);
  for (const StreamComponent id : kAll) {
    CHECK(std::ranges::find(told, id) != told.end());
    CHECK(driven.agent().selected_pair(id)->local.base == socket_of(id));
  }
}

// Section 6.1.2.2: of two numbers of components the smaller one counts.
TEST_CASE("components and streams that the peer has not are not waited for", "[ice][agent]") {
  HandDrivenAgent driven(two_by_two());
  for (const StreamComponent id : kAll) driven.add_socket(LocalSocket{id, socket_of(id)});
  REQUIRE(driven.describe_peer());
  REQUIRE(add_peer(driven, {0, 1}, peer_of({0, 1})) == AddCandidateResult::added);
  answer_all(driven);
  // More of its candidates may come.
  CHECK(driven.state_is(State::checking));
  REQUIRE(driven.agent().selected_pair({0, 1}));
  driven.agent().end_of_remote_candidates(driven.now());
  driven.drain();
  CHECK(driven.state_is(State::connected));
  CHECK_FALSE(driven.agent().send(driven.now(), {1, 1}, as_bytes("no such stream")));

  SECTION("and are used when the peer checks them after all") {
    driven.receive(driven.request(), peer_of({0, 2}), socket_of({0, 2}));
    answer_all(driven);
    CHECK(driven.agent().selected_pair({0, 2}));
    CHECK(driven.state_is(State::connected));
  }
  SECTION("while one that it has is") {
    driven.run_for(35s);
    CHECK(driven.state_is(State::failed));
  }
}

TEST_CASE("a peer that signals no candidate at all may have each component", "[ice][agent]") {
  HandDrivenAgent driven(two_by_two());
  for (const StreamComponent id : kAll) driven.add_socket(LocalSocket{id, socket_of(id)});
  REQUIRE(driven.describe_peer());
  driven.agent().end_of_remote_candidates(driven.now());
  driven.receive(driven.request(), peer_of({0, 1}), socket_of({0, 1}));
  answer_all(driven);
  CHECK(driven.agent().selected_pair({0, 1}));
  CHECK(driven.state_is(State::checking));
}

// Section 6.1.2.6: over all check lists, one pair of each foundation waits.
TEST_CASE("the streams share their foundations", "[ice][agent]") {
  HandDrivenAgent driven(two_by_two());
  start_all(driven);
  CHECK(waiting_or_checked(driven) == 1);
  driven.answer(driven.take_requests().at(0));
  CHECK(waiting_or_checked(driven) == 4);
}

TEST_CASE("streams that can be checked take turns", "[ice][agent]") {
  AgentConfig config = two_by_two();
  config.pacing.strict = true;
  HandDrivenAgent driven(config);
  start_all(driven);
  const Sent first = driven.take_requests().at(0);
  driven.answer(first);
  driven.run_for(200ms);
  // What is left to check: 0/2, 1/1 and 1/2, beside the nomination of 0/1.
  std::vector<TransportAddress> order;
  for (const Sent& request : driven.take_requests()) {
    if (request.remote != first.remote) order.push_back(request.remote);
  }
  REQUIRE(order.size() >= 3);
  CHECK(order[0] == peer_of({1, 1}));
  CHECK(order[1] == peer_of({0, 2}));
  CHECK(order[2] == peer_of({1, 2}));
}

TEST_CASE("streams and components that are not in use have no candidates", "[ice][agent]") {
  HandDrivenAgent driven(two_by_two());
  CHECK(add_peer(driven, {2, 1}, peer_of({2, 1})) == AddCandidateResult::unknown_component);
  CHECK(add_peer(driven, {1, 3}, peer_of({1, 3})) == AddCandidateResult::unknown_component);
  CHECK(add_peer(driven, {255, 1}, peer_of({2, 1})) == AddCandidateResult::unknown_component);
  CHECK(driven.agent().add_local_socket(driven.now(), LocalSocket{{2, 1}, socket_of({2, 1})}) ==
        AddCandidateResult::unknown_component);
  CHECK_FALSE(driven.agent().send(driven.now(), {2, 1}, as_bytes("nowhere")));
  CHECK_FALSE(driven.agent().selected_pair({7, 1}));
}

TEST_CASE("an agent has at least one stream and component, and at most its limits",
          "[ice][agent]") {
  AgentConfig config;
  config.streams = 0;
  config.components = 0;
  CHECK(HandDrivenAgent(config).agent().config().streams == 1);
  CHECK(HandDrivenAgent(config).agent().config().components == 1);
  config.streams = 255;
  config.components = 65535;
  CHECK(HandDrivenAgent(config).agent().config().streams == kStreamsMax);
  CHECK(HandDrivenAgent(config).agent().config().components == kComponentMax);
}

TEST_CASE("the same address of the peer in two streams is two candidates", "[ice][agent]") {
  HandDrivenAgent driven(two_by_two());
  driven.add_socket(LocalSocket{{0, 1}, socket_of({0, 1})});
  driven.add_socket(LocalSocket{{1, 1}, socket_of({1, 1})});
  driven.describe_peer();
  CHECK(add_peer(driven, {0, 1}, HandDrivenAgent::kPeer) == AddCandidateResult::added);
  CHECK(add_peer(driven, {1, 1}, HandDrivenAgent::kPeer) == AddCandidateResult::added);
  CHECK(add_peer(driven, {1, 1}, HandDrivenAgent::kPeer) == AddCandidateResult::duplicate);
  CHECK(driven.agent().pairs().size() == 2);
}

TEST_CASE("data says which stream and component it is for", "[ice][agent]") {
  HandDrivenAgent driven(two_by_two());
  start_all(driven);
  driven.receive(driven.request(), peer_of({1, 2}), socket_of({1, 2}));
  driven.take_events();
  driven.receive(as_bytes("data"), peer_of({1, 2}), socket_of({1, 2}));
  const auto data = driven.take_events_of<DataReceived>();
  REQUIRE(data.size() == 1);
  CHECK(data[0].stream == 1);
  CHECK(data[0].component == 2);
}

TEST_CASE("a check reveals a candidate of the stream whose socket it came to", "[ice][agent]") {
  HandDrivenAgent driven(two_by_two());
  start_all(driven);
  driven.receive(driven.request(), HandDrivenAgent::kOther, socket_of({1, 1}));
  const auto remotes = driven.agent().remote_candidates();
  REQUIRE(remotes.size() == 5);
  CHECK(remotes[4].id() == StreamComponent(1, 1));
}

TEST_CASE("the streams of an agent share one pace and one limit of pairs", "[ice][agent]") {
  AgentConfig config;
  config.streams = 16;
  HandDrivenAgent driven(config);
  driven.describe_peer();
  for (DataStreamId stream = 0; stream < 16; ++stream) {
    driven.add_socket(LocalSocket{{stream, 1}, socket_of({stream, 1})});
    for (std::uint16_t i = 0; i < 4; ++i) {
      add_peer(driven, {stream, 1},
               {IpAddress::v4(198, 51, 100, 3), static_cast<std::uint16_t>(100u * stream + i + 1)});
    }
  }
  CHECK(driven.agent().pairs().size() <= kPairsMax);
  driven.run_for(1s);
  std::set<stun::TransactionId> begun;
  for (const Sent& request : driven.take_requests()) {
    begun.insert(request.message().transaction_id());
  }
  CHECK(begun.size() <= 1s / 50ms + 1);
}
