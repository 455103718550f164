// Role conflicts (RFC 8445, sections 7.2.5.1 and 7.3.1.1) and what goes wrong in settling them.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/ice.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

struct Claim {
  Role role;
  std::uint64_t tie_breaker;
};

Claim claim_of(const Sent& request) {
  const auto message = request.message();
  if (const auto controlling = message.get<stun::IceControlling>()) {
    return {Role::controlling, controlling->tie_breaker};
  }
  return {Role::controlled, message.get<stun::IceControlled>()->tie_breaker};
}

std::size_t role_changes(HandDrivenAgent& driven) {
  const auto events = driven.take_events();
  return static_cast<std::size_t>(std::ranges::count_if(
      events, [](const Event& event) { return std::holds_alternative<RoleChanged>(event); }));
}

AgentConfig as(Role role) {
  AgentConfig config;
  config.role = role;
  return config;
}

constexpr std::uint64_t kMost = ~std::uint64_t{0};

}  // namespace

TEST_CASE("whoever gets 487 switches, asks again, and with a new tie-breaker", "[ice][agent]") {
  const auto role = GENERATE(Role::controlling, Role::controlled);
  HandDrivenAgent driven(as(role));
  driven.start();
  const auto check = driven.take_requests().at(0);
  REQUIRE(claim_of(check).role == role);
  driven.take_events();

  driven.receive(driven.error_for(check, stun::kRoleConflict));
  CHECK(driven.agent().role() == opposite(role));
  CHECK(role_changes(driven) == 1);
  CHECK(driven.agent().counters().role_conflicts == 1);
  const auto repeated = driven.take_requests();
  REQUIRE(repeated.size() == 1);
  CHECK(claim_of(repeated[0]).role == opposite(role));
  CHECK(claim_of(repeated[0]).tie_breaker != claim_of(check).tie_breaker);
  CHECK(repeated[0].message().transaction_id() != check.message().transaction_id());
  CHECK(driven.agent().pairs()[0].state == PairState::in_progress);
}

TEST_CASE("pair priorities follow the role", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  driven.add_peer_candidate(HandDrivenAgent::kPeer, CandidateType::server_reflexive, 1000);
  const std::uint64_t before = driven.agent().pairs()[0].priority;
  driven.receive(driven.error_for(driven.take_requests().at(0), stun::kRoleConflict));
  // Ours is the greater: only the last bit says who controls.
  CHECK(driven.agent().pairs()[0].priority == before - 1);
}

TEST_CASE("a late 487 to a request of the old role changes nothing back", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.run_for(60ms);
  const auto checks = driven.take_requests();
  REQUIRE(checks.size() == 2);
  driven.receive(driven.error_for(checks[0], stun::kRoleConflict));
  REQUIRE(driven.agent().role() == Role::controlled);
  driven.take_events();

  driven.receive(driven.error_for(checks[1], stun::kRoleConflict));
  CHECK(driven.agent().role() == Role::controlled);
  CHECK(role_changes(driven) == 0);
  driven.answer_checks();
  CHECK(driven.agent().pairs()[0].state == PairState::succeeded);
}

TEST_CASE("a 487 to a request, after the peer's check already settled it, is late",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  const auto check = driven.take_requests().at(0);
  PeerRequest request;
  request.role = Role::controlling;
  request.tie_breaker = kMost;
  driven.receive(driven.request(request));
  REQUIRE(driven.agent().role() == Role::controlled);
  driven.receive(driven.error_for(check, stun::kRoleConflict));
  CHECK(driven.agent().role() == Role::controlled);
}

TEST_CASE("the greater tie-breaker wins when the peer claims our role", "[ice][agent]") {
  const auto role = GENERATE(Role::controlling, Role::controlled);
  HandDrivenAgent driven(as(role));
  driven.start();
  driven.take_sent();
  driven.take_events();
  PeerRequest request;
  request.role = role;

  SECTION("it is ours: controlling stays, controlled becomes controlling") {
    request.tie_breaker = 0;
    driven.receive(driven.request(request));
    CHECK(driven.agent().role() == Role::controlling);
  }
  SECTION("it is the peer's: controlled stays, controlling becomes controlled") {
    request.tie_breaker = kMost;
    driven.receive(driven.request(request));
    CHECK(driven.agent().role() == Role::controlled);
  }
  // Who kept the role says so with 487, who changed it answers the check.
  const bool kept = driven.agent().role() == role;
  CHECK(driven.take(stun::Class::error).size() == (kept ? 1u : 0u));
  CHECK(driven.take(stun::Class::success).size() == (kept ? 0u : 1u));
  CHECK(role_changes(driven) == (kept ? 0u : 1u));
  CHECK(driven.agent().counters().role_conflicts == 1);
}

TEST_CASE("a check that got 487 has no other effect", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  PeerRequest request;
  request.role = Role::controlling;
  request.tie_breaker = 0;
  request.use_candidate = true;
  driven.receive(driven.request(request), HandDrivenAgent::kOther);
  CHECK(driven.agent().remote_candidates().size() == 1);
  CHECK_FALSE(driven.agent().pairs()[0].nomination.is_requested());
  CHECK(driven.take_requests().empty());
}

TEST_CASE("with equal tie-breakers both ends come to rest in different roles", "[ice][agent]") {
  // Both controlling with the same number: each refuses the other's check with 487, both switch,
  // and with new numbers the next conflict has a winner.
  HandDrivenAgent driven;
  driven.start();
  const auto check = driven.take_requests().at(0);
  PeerRequest request;
  request.role = Role::controlling;
  request.tie_breaker = claim_of(check).tie_breaker;
  driven.receive(driven.request(request));
  CHECK(driven.take(stun::Class::error).size() == 1);
  CHECK(driven.agent().role() == Role::controlling);

  driven.receive(driven.error_for(check, stun::kRoleConflict));
  CHECK(driven.agent().role() == Role::controlled);
  driven.take_sent();
  request.role = Role::controlled;
  request.tie_breaker = 0;
  driven.receive(driven.request(request));
  CHECK(driven.agent().role() == Role::controlling);
  CHECK(driven.take(stun::Class::success).size() == 1);
}

TEST_CASE("the check repeated after two conflicts still nominates", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.answer_checks();
  const auto nominating = driven.take_requests().at(0);
  REQUIRE(nominating.has(stun::AttributeType::use_candidate));
  driven.receive(driven.error_for(nominating, stun::kRoleConflict));
  REQUIRE(driven.agent().role() == Role::controlled);
  // The controlled side must not nominate.
  const auto as_controlled = driven.take_requests();
  for (const Sent& sent : as_controlled) {
    CHECK_FALSE(sent.has(stun::AttributeType::use_candidate));
  }
  REQUIRE_FALSE(as_controlled.empty());
  driven.receive(driven.error_for(as_controlled[0], stun::kRoleConflict));
  REQUIRE(driven.agent().role() == Role::controlling);
  driven.run_for(200ms);
  for (int i = 0; i < 3; ++i) driven.answer_checks();
  CHECK(driven.agent().selected_pair(1));
}

TEST_CASE("a peer that answers everything with 487 does not make a storm", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  std::size_t checks = 0;
  for (int i = 0; i < 1000; ++i) {
    for (const Sent& sent : driven.take_requests()) {
      ++checks;
      driven.receive(driven.error_for(sent, stun::kRoleConflict));
    }
    driven.run_for(10ms);
  }
  // Ten seconds; without bound there are three in 20 ms.
  CHECK(checks <= 10s / 50ms + 10);
}

TEST_CASE("the role may be another until the peer is known", "[ice][agent]") {
  HandDrivenAgent driven(as(Role::controlling));
  driven.add_socket();
  CHECK(driven.agent().set_role(driven.now(), Role::controlled));
  driven.drain();
  CHECK(role_changes(driven) == 1);
  REQUIRE(driven.describe_peer());
  CHECK_FALSE(driven.agent().set_role(driven.now(), Role::controlling));
  driven.add_peer_candidate();
  driven.run_for(50ms);
  const auto checks = driven.take_requests();
  REQUIRE_FALSE(checks.empty());
  CHECK(claim_of(checks.front()).role == Role::controlled);
}

TEST_CASE("a restart leaves the roles as they are", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.agent().restart(driven.now());
  CHECK_FALSE(driven.agent().set_role(driven.now(), Role::controlled));
  CHECK(driven.agent().role() == Role::controlling);
}
