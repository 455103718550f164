// Two agents of every role, implementation and way to nominate end with the same path, seen from
// both sides, and with one role each.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ice/kinds_of_agents.h"
#include "ice/string_makers.h"
#include "ice/two_agents.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

TransportAddress at(const char* text) {
  return *TransportAddress::parse(text);
}

const std::vector<TransportAddress> kLeftSockets = {at("192.0.2.1:1000"), at("192.0.2.2:1000")};
const std::vector<TransportAddress> kRightSockets = {at("198.51.100.1:2000"),
                                                     at("198.51.100.2:2000")};

}  // namespace

TEST_CASE("agents of every kind agree", "[ice][agent]") {
  // What is lost on the way decides which pair works first.
  const int loss = GENERATE(0, 1, 2, 3);
  for (const KindOfAgent& left : all_kinds_of_agents()) {
    for (const KindOfAgent& right : all_kinds_of_agents()) {
      if (!can_agree(left, right)) continue;
      CAPTURE(name_of(left), name_of(right), loss);
      TwoAgents two(end_of(left, kLeftSockets), end_of(right, kRightSockets));
      int count = 0;
      two.loses = [&](const TwoAgents::Passing&) {
        ++count;
        return loss != 0 && count < 12 && count % (loss + 1) == 0;
      };
      two.start();
      CHECK(two.connect());
      two.run_for(5s);
      CHECK(two.agree());
      if (left.is_lite() != right.is_lite()) {
        CHECK(two.left.agent.role() == (left.is_lite() ? Role::controlled : Role::controlling));
      }
      two.run_for(60s);
      CHECK(two.agree());
      CHECK(two.left.is_connected());
      CHECK(two.right.is_connected());
    }
  }
}

TEST_CASE("agents of every kind agree again after a restart", "[ice][agent]") {
  for (const KindOfAgent& left : all_kinds_of_agents()) {
    for (const KindOfAgent& right : all_kinds_of_agents()) {
      if (!can_agree(left, right)) continue;
      CAPTURE(name_of(left), name_of(right));
      TwoAgents two(end_of(left, kLeftSockets), end_of(right, kRightSockets));
      two.start();
      REQUIRE(two.connect());
      two.restart();
      two.run_for(5s);
      CHECK(two.left.agent.selected_pair_index(1));
      CHECK(two.right.agent.selected_pair_index(1));
      CHECK(two.agree());
    }
  }
}

// P3: zero is what a careless implementation sends, and equal numbers are what two copies of one
// have.
TEST_CASE("agents with equal tie-breakers agree", "[ice][agent]") {
  const auto tie_breaker = GENERATE(std::uint64_t{0}, std::uint64_t{7}, ~std::uint64_t{0});
  const Role role = GENERATE(Role::controlling, Role::controlled);
  const auto nomination = GENERATE(NominationMode::regular, NominationMode::aggressive);
  const KindOfAgent kind{role, Implementation::full, nomination};
  EndOptions left = end_of(kind, kLeftSockets);
  EndOptions right = end_of(kind, kRightSockets);
  left.tie_breaker = right.tie_breaker = tie_breaker;
  TwoAgents two(left, right);
  two.start();
  CHECK(two.connect());
  two.run_for(5s);
  CHECK(two.agree());
  // P4: a conflict is settled with few checks.
  CHECK(two.left.agent.counters().checks_sent < 40);
}

TEST_CASE("agents agree when one side hears of the other late", "[ice][agent]") {
  const Role role = GENERATE(Role::controlling, Role::controlled);
  const auto nomination =
      GENERATE(NominationMode::regular, NominationMode::aggressive, NominationMode::renomination);
  TwoAgents two(end_of({role, Implementation::full, nomination}, kLeftSockets),
                end_of({opposite(role), Implementation::full, nomination}, kRightSockets));
  // The right one's checks arrive before the left one knows of it.
  bool left_is_deaf = true;
  two.loses = [&](const TwoAgents::Passing& datagram) {
    return left_is_deaf && datagram.from == &two.right;
  };
  two.start();
  two.run_for(3s);
  left_is_deaf = false;
  CHECK(two.connect());
  two.run_for(1s);
  CHECK(two.agree());
}

TEST_CASE("agents whose best path is broken one way agree on another", "[ice][agent]") {
  const bool from_left = GENERATE(false, true);
  const auto nomination =
      GENERATE(NominationMode::regular, NominationMode::aggressive, NominationMode::renomination);
  TwoAgents two(end_of({Role::controlling, Implementation::full, nomination}, kLeftSockets),
                end_of({Role::controlled, Implementation::full, nomination}, kRightSockets));
  two.loses = [&](const TwoAgents::Passing& datagram) {
    const auto& best = from_left ? kLeftSockets[0] : kRightSockets[0];
    return datagram.source == best;
  };
  two.start();
  CHECK(two.connect());
  two.run_for(2s);
  CHECK(two.agree());
  CHECK((from_left ? two.left : two.right).agent.selected_pair(1)->local.address ==
        (from_left ? kLeftSockets[1] : kRightSockets[1]));
}

TEST_CASE("agents whose path breaks later agree on another", "[ice][agent]") {
  const auto nomination =
      GENERATE(NominationMode::regular, NominationMode::aggressive, NominationMode::renomination);
  TwoAgents two(end_of({Role::controlling, Implementation::full, nomination}, kLeftSockets),
                end_of({Role::controlled, Implementation::full, nomination}, kRightSockets));
  two.start();
  REQUIRE(two.connect());
  two.run_for(120s);
  REQUIRE(two.agree());
  const TransportAddress broken = two.left.agent.selected_pair(1)->local.address;
  two.loses = [&](const TwoAgents::Passing& datagram) {
    return datagram.source == broken || datagram.destination == broken;
  };
  two.run_for(60s);
  CHECK(two.agree());
  CHECK(two.left.is_connected());
  CHECK(two.right.is_connected());
  CHECK(two.left.agent.selected_pair(1)->local.address != broken);
}

TEST_CASE("a session of a day sends no more than its keepalives", "[ice][agent]") {
  TwoAgents two(
      end_of(all_kinds_of_agents()[1], kLeftSockets),
      end_of({Role::controlled, Implementation::full, NominationMode::regular}, kRightSockets));
  two.start();
  REQUIRE(two.connect());
  const std::size_t before = two.left.sent + two.right.sent;
  two.run_for(24h);
  CHECK(two.agree());
  // Each asks every 4 to 6 seconds and answers the other.
  CHECK(two.left.sent + two.right.sent - before <= std::size_t{4 * 24h / 4s});
}
