// Renomination (draft-thatcher-ice-renomination): a better pair that works later takes over, if the
// peer understands it.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/stun/attributes/ice.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

const TransportAddress& kPeer = HandDrivenAgent::kPeer;
const TransportAddress& kOther = HandDrivenAgent::kOther;
constexpr std::uint32_t kLowPriority = 0x7e0000ff;
constexpr IceOptions kRenominating = {.ice2 = true, .renomination = true};

AgentConfig renominating(Role role = Role::controlling) {
  AgentConfig config;
  config.role = role;
  config.nomination = NominationMode::renomination;
  return config;
}

void start_with_two(HandDrivenAgent& driven, IceOptions options,
                    CandidateType lower = CandidateType::host) {
  driven.add_socket();
  driven.agent().start_gathering(driven.now());
  driven.agent().end_of_local_sockets(driven.now());
  REQUIRE(driven.describe_peer(false, options));
  driven.add_peer_candidate();
  driven.add_peer_candidate(kOther, lower, kLowPriority, "2");
}

TransportAddress selected(const HandDrivenAgent& driven) {
  const auto pair = driven.agent().selected_pair(1);
  return pair ? pair->remote.address : TransportAddress{};
}

std::uint32_t nomination_of(const Sent& request) {
  const auto value = request.message().get<stun::Nomination>();
  return value ? value->value : 0;
}

/// Answers what was sent to `remote`, and what that causes; the values of NOMINATION in it.
std::vector<std::uint32_t> answer_only(HandDrivenAgent& driven, const TransportAddress& remote) {
  std::vector<std::uint32_t> values;
  for (;;) {
    bool answered = false;
    for (const Sent& request : driven.take_requests()) {
      if (request.remote != remote) continue;
      if (const auto value = nomination_of(request)) values.push_back(value);
      driven.answer(request);
      answered = true;
    }
    if (!answered) return values;
  }
}

void nominate(HandDrivenAgent& driven, const TransportAddress& from,
              std::optional<std::uint32_t> value) {
  PeerRequest request;
  request.role = Role::controlling;
  request.use_candidate = true;
  request.nomination = value;
  driven.receive(driven.request(request), from);
  driven.answer_everything();
}

}  // namespace

TEST_CASE("a better pair that works later takes over, with a greater value", "[ice][agent]") {
  HandDrivenAgent driven(renominating());
  start_with_two(driven, kRenominating);
  driven.run_for(50ms);
  const auto held_back = driven.take_requests();
  driven.answer(*std::ranges::find(held_back, kOther, &Sent::remote));
  driven.run_for(150ms);
  const auto first = answer_only(driven, kOther);
  REQUIRE(first.size() == 1);
  REQUIRE(selected(driven) == kOther);

  driven.answer(*std::ranges::find(held_back, kPeer, &Sent::remote));
  driven.run_for(100ms);
  const auto second = answer_only(driven, kPeer);
  REQUIRE_FALSE(second.empty());
  CHECK(second[0] > first[0]);
  CHECK(selected(driven) == kPeer);
  CHECK(driven.agent().counters().selected_pair_changes == 2);
}

// The peer sees the path come from an address that it knows no nomination of.
TEST_CASE("a selected path that a NAT gave another address is nominated again", "[ice][agent]") {
  HandDrivenAgent driven(renominating());
  driven.add_socket();
  driven.agent().start_gathering(driven.now());
  driven.agent().end_of_local_sockets(driven.now());
  REQUIRE(driven.describe_peer(false, kRenominating));
  driven.add_peer_candidate();
  driven.run_for(50ms);
  const auto first = answer_only(driven, kPeer);
  REQUIRE_FALSE(first.empty());
  driven.run_for(6s);
  const auto consent = driven.take_requests();
  REQUIRE(consent.size() == 1);
  CHECK(nomination_of(consent[0]) == 0);
  driven.receive(driven.success_for(consent[0], kOther));
  driven.run_for(50ms);
  const auto again = driven.take_requests();
  REQUIRE_FALSE(again.empty());
  CHECK(nomination_of(again[0]) > first.back());
}

// Else its consent would run out before the next request for it.
TEST_CASE("a path that is selected long after it was proved is proved again at once",
          "[ice][agent]") {
  HandDrivenAgent driven(renominating(Role::controlled));
  start_with_two(driven, kRenominating);
  driven.run_for(200ms);
  driven.answer_everything();
  nominate(driven, kPeer, 1);
  REQUIRE(selected(driven) == kPeer);
  for (int i = 0; i < 25; ++i) {
    driven.run_for(1s);
    answer_only(driven, kPeer);
  }
  PeerRequest request;
  request.role = Role::controlling;
  request.use_candidate = true;
  request.nomination = 2;
  driven.receive(driven.request(request), kOther);
  REQUIRE(selected(driven) == kOther);
  driven.run_for(50ms);
  const auto requests = driven.take_requests();
  CHECK(std::ranges::count(requests, kOther, &Sent::remote) > 0);
}

TEST_CASE("a peer that does not understand renomination is nominated to once", "[ice][agent]") {
  HandDrivenAgent driven(renominating());
  start_with_two(driven, {.ice2 = true});
  driven.run_for(50ms);
  const auto held_back = driven.take_requests();
  driven.answer(*std::ranges::find(held_back, kOther, &Sent::remote));
  driven.run_for(150ms);
  CHECK(answer_only(driven, kOther).empty());
  REQUIRE(selected(driven) == kOther);
  driven.answer(*std::ranges::find(held_back, kPeer, &Sent::remote));
  driven.run_for(1s);
  CHECK(selected(driven) == kOther);
  for (const Sent& request : driven.take_requests()) {
    CHECK_FALSE(request.has(stun::AttributeType::use_candidate));
  }
}

// P21.
TEST_CASE("a pair that is not better is not nominated", "[ice][agent]") {
  HandDrivenAgent driven(renominating());
  start_with_two(driven, kRenominating);
  driven.run_for(60ms);
  const auto requests = driven.take_requests();
  driven.answer(*std::ranges::find(requests, kPeer, &Sent::remote));
  answer_only(driven, kPeer);
  REQUIRE(selected(driven) == kPeer);
  for (int i = 0; i < 20; ++i) {
    driven.run_for(1s);
    driven.answer_everything();
  }
  CHECK(selected(driven) == kPeer);
  CHECK(driven.agent().counters().selected_pair_changes == 1);
}

TEST_CASE("a regular agent lets a direct path take over from a relay", "[ice][agent]") {
  HandDrivenAgent driven;
  start_with_two(driven, kRenominating, CandidateType::relayed);
  driven.run_for(50ms);
  const auto held_back = driven.take_requests();
  driven.answer(*std::ranges::find(held_back, kOther, &Sent::remote));
  // Its patience with relays is longer.
  driven.run_for(400ms);
  answer_only(driven, kOther);
  CHECK_FALSE(driven.agent().selected_pair(1));
  driven.run_for(150ms);
  answer_only(driven, kOther);
  REQUIRE(selected(driven) == kOther);
  driven.run_for(1s);
  for (const Sent& request : driven.take_requests()) {
    if (request.remote == kPeer) driven.answer(request);
  }
  driven.run_for(100ms);
  answer_only(driven, kPeer);
  CHECK(selected(driven) == kPeer);
}

TEST_CASE("the greatest value is followed, in whatever order they come", "[ice][agent]") {
  HandDrivenAgent driven(renominating(Role::controlled));
  start_with_two(driven, kRenominating);
  nominate(driven, kOther, 2);
  REQUIRE(selected(driven) == kOther);
  nominate(driven, kPeer, 1);
  CHECK(selected(driven) == kOther);
  nominate(driven, kPeer, 3);
  CHECK(selected(driven) == kPeer);
  // A repeat of the second, late.
  nominate(driven, kOther, 2);
  CHECK(selected(driven) == kPeer);
  nominate(driven, kOther, 3);
  CHECK(selected(driven) == kPeer);
}

TEST_CASE("NOMINATION alone nominates, of the controlling side only", "[ice][agent]") {
  HandDrivenAgent driven(renominating(Role::controlled));
  start_with_two(driven, kRenominating);
  PeerRequest request;
  request.role = Role::controlling;
  request.nomination = 7;
  driven.receive(driven.request(request));
  driven.answer_everything();
  CHECK(selected(driven) == kPeer);
}

TEST_CASE("a nomination without a value comes after those that had one", "[ice][agent]") {
  HandDrivenAgent driven(renominating(Role::controlled));
  start_with_two(driven, kRenominating);
  nominate(driven, kPeer, 5);
  nominate(driven, kOther, std::nullopt);
  CHECK(selected(driven) == kOther);
}

TEST_CASE("a late answer to an earlier nomination does not undo a later one", "[ice][agent]") {
  HandDrivenAgent driven(renominating());
  start_with_two(driven, kRenominating);
  driven.run_for(50ms);
  const auto first_checks = driven.take_requests();
  driven.answer(*std::ranges::find(first_checks, kOther, &Sent::remote));
  driven.run_for(150ms);
  Sent nominating_other;
  for (const Sent& request : driven.take_requests()) {
    if (nomination_of(request) != 0) nominating_other = request;
  }
  REQUIRE_FALSE(nominating_other.payload.empty());
  driven.answer(nominating_other);
  driven.answer(*std::ranges::find(first_checks, kPeer, &Sent::remote));
  driven.run_for(100ms);
  answer_only(driven, kPeer);
  REQUIRE(selected(driven) == kPeer);
  driven.answer(nominating_other);
  CHECK(selected(driven) == kPeer);
}

TEST_CASE("a later nomination is not given up while our check of it is under way", "[ice][agent]") {
  HandDrivenAgent driven(renominating(Role::controlled));
  start_with_two(driven, GENERATE(kRenominating, IceOptions{.ice2 = true}));
  driven.run_for(50ms);
  const auto checks = driven.take_requests();
  PeerRequest request;
  request.role = Role::controlling;
  request.use_candidate = true;
  driven.receive(driven.request(request), kOther);
  driven.receive(driven.request(request), kPeer);
  driven.answer(*std::ranges::find(checks, kOther, &Sent::remote));
  REQUIRE(selected(driven) == kOther);
  driven.answer(*std::ranges::find(checks, kPeer, &Sent::remote));
  CHECK(selected(driven) == kPeer);
}

TEST_CASE("while a nomination is not answered no other is sent", "[ice][agent]") {
  HandDrivenAgent driven(renominating());
  start_with_two(driven, kRenominating);
  driven.run_for(50ms);
  driven.answer_everything();
  driven.run_for(5s);
  std::vector<TransportAddress> nominated;
  for (const Sent& request : driven.take_requests()) {
    if (nomination_of(request) == 0) continue;
    if (std::ranges::find(nominated, request.remote) == nominated.end()) {
      nominated.push_back(request.remote);
    }
  }
  CHECK(nominated == std::vector{kPeer});
}
