#include "pairing.h"

#include <catch2/catch_test_macros.hpp>
#include <deque>
#include <set>
#include <string>

namespace floe::signal {
namespace {

using Verdict = Pairing::DescriptionVerdict;
using Owner = Pairing::UfragOwner;

ice::Credentials credentials(const std::string& ufrag) {
  return {ufrag, "password-of-" + ufrag + "-0123456789"};
}

Description description(const std::string& ufrag, std::optional<std::string> names = {}) {
  Description made;
  made.credentials = credentials(ufrag);
  made.remote_ufrag = std::move(names);
  return made;
}

TEST_CASE("the first description is paired, whatever it names", "[signal][pairing]") {
  for (const auto& names : {std::optional<std::string>(), std::optional<std::string>("Mine1"),
                            std::optional<std::string>("Other")}) {
    Pairing pairing("Mine1");
    CHECK(pairing.judge(description("Peer1", names)) == Verdict::pair);
    CHECK(pairing.owner_of("Peer1") == Owner::paired);
    CHECK(pairing.partner_ufrag() == "Peer1");
    CHECK_FALSE(pairing.owes_answer());
  }
}

TEST_CASE("a description seen again changes nothing", "[signal][pairing]") {
  Pairing pairing("Mine1");
  pairing.judge(description("Peer1"));
  CHECK(pairing.judge(description("Peer1")) == Verdict::merge);
  CHECK(pairing.judge(description("Peer1", "Mine1")) == Verdict::merge);
  CHECK(pairing.partner_ufrag() == "Peer1");
}

TEST_CASE("a restart is answered with a generation of one's own", "[signal][pairing]") {
  Pairing pairing("Mine1");
  pairing.judge(description("Peer1"));
  REQUIRE(pairing.judge(description("Peer2", "Mine1")) == Verdict::restart_and_pair);
  pairing.answer_restart("Mine2", credentials("Peer2"), true);
  CHECK(pairing.owner_of("Peer1") == Owner::left);
  CHECK(pairing.owner_of("Peer2") == Owner::paired);
  CHECK(pairing.partner_ufrag() == "Peer2");
  CHECK(pairing.judge(description("Peer1")) == Verdict::drop_old);
  CHECK(pairing.judge(description("Peer2", "Mine2")) == Verdict::merge);
}

TEST_CASE("who restarted owes an answer to the peer that named it", "[signal][pairing]") {
  Pairing pairing("Mine1");
  pairing.judge(description("Peer1"));
  pairing.restart("Mine2");
  CHECK_FALSE(pairing.partner_ufrag());
  pairing.handle_description_sent();
  REQUIRE(pairing.judge(description("Peer2", "Mine2")) == Verdict::pair);
  CHECK(pairing.owes_answer());
  pairing.handle_description_sent();
  CHECK_FALSE(pairing.owes_answer());
}

TEST_CASE("restarts that cross are paired without another", "[signal][pairing]") {
  Pairing pairing("Mine1");
  pairing.judge(description("Peer1"));
  pairing.restart("Mine2");
  CHECK(pairing.judge(description("Peer2", "Mine1")) == Verdict::pair);
  CHECK(pairing.owner_of("Peer1") == Owner::left);
}

TEST_CASE("while it is not settled, a restart waits to be answered", "[signal][pairing]") {
  Pairing pairing("Mine1");
  pairing.judge(description("Peer1"));
  pairing.restart("Mine2");
  pairing.judge(description("Peer2"));
  REQUIRE(pairing.judge(description("Peer3")) == Verdict::restart_and_wait);
  pairing.answer_restart("Mine3", credentials("Peer3"), false);
  CHECK(pairing.owner_of("Peer3") == Owner::unknown);
  CHECK(pairing.partner_ufrag() == "Peer3");
  CHECK(pairing.judge(description("Peer3")) == Verdict::hold);
  CHECK(pairing.judge(description("Peer3", "Mine3")) == Verdict::pair);
  CHECK(pairing.owner_of("Peer3") == Owner::paired);
}

TEST_CASE("a selected pair settles a pairing", "[signal][pairing]") {
  Pairing pairing("Mine1");
  pairing.judge(description("Peer1"));
  pairing.restart("Mine2");
  pairing.judge(description("Peer2"));
  pairing.handle_selected_pair();
  CHECK(pairing.judge(description("Peer3")) == Verdict::restart_and_pair);
}

TEST_CASE("fragment and password must both change, or none", "[signal][pairing]") {
  Pairing pairing("Mine1");
  pairing.judge(description("Peer1"));
  Description same_password = description("Peer2");
  same_password.credentials.password = credentials("Peer1").password;
  CHECK(pairing.judge(same_password) == Verdict::reject_reused);
  Description same_ufrag = description("Peer1");
  same_ufrag.credentials.password = credentials("Peer2").password;
  CHECK(pairing.judge(same_ufrag) == Verdict::reject_reused);
  CHECK(pairing.judge(description("Peer1")) == Verdict::merge);
}

TEST_CASE("a restart that is answered with the old credentials is told", "[signal][pairing]") {
  Pairing pairing("Mine1");
  pairing.judge(description("Peer1"));
  pairing.restart("Mine2");
  Description answer = description("Peer1");
  SECTION("by a peer that names no generation, as SDP does not") {
    answer.remote_ufrag.reset();
    CHECK(pairing.judge(answer) == Verdict::reject_unchanged);
  }
  SECTION("by a peer that names the new one") {
    answer.remote_ufrag = "Mine2";
    CHECK(pairing.judge(answer) == Verdict::reject_unchanged);
  }
  SECTION("but not when it was under way") {
    answer.remote_ufrag = "Mine1";
    CHECK(pairing.judge(answer) == Verdict::drop_old);
  }
  CHECK(pairing.judge(description("Peer2")) == Verdict::pair);
}

TEST_CASE("an echo of the own description is no peer", "[signal][pairing]") {
  Pairing pairing("Mine1");
  CHECK(pairing.judge(description("Mine1")) == Verdict::reject_own);
  CHECK(pairing.owner_of("Mine1") == Owner::own);
  CHECK_FALSE(pairing.is_paired());
}

TEST_CASE("old generations are remembered, but not without end", "[signal][pairing]") {
  Pairing pairing("Mine0");
  for (int i = 0; i < 20; ++i) {
    pairing.judge(description("Peer" + std::to_string(i)));
    pairing.restart("Mine" + std::to_string(i + 1));
  }
  CHECK(pairing.owner_of("Peer19") == Owner::left);
  CHECK(pairing.owner_of("Peer12") == Owner::left);
  CHECK(pairing.owner_of("Peer11") == Owner::unknown);
}

// Two ends and everything that is under way between them. Copied at each fork, so that all orders
// of restarts and arrivals can be walked.
struct End {
  std::string name;
  int generation = 1;
  int restarts_left = 0;
  Pairing pairing;
  std::deque<Description> arriving;

  End(std::string end_name, int restarts)
      : name(end_name), restarts_left(restarts), pairing(end_name + "gen1") {}

  std::string ufrag() const { return name + "gen" + std::to_string(generation); }
  std::string next_ufrag() { return ++generation, ufrag(); }
  void describe_to(End& other) {
    other.arriving.push_back(description(ufrag(), pairing.partner_ufrag()));
    pairing.handle_description_sent();
  }
};

struct Talk {
  End left;
  End right;
  int steps = 0;

  static void restart(End& end, End& other) {
    --end.restarts_left;
    end.pairing.restart(end.next_ufrag());
    end.describe_to(other);
  }

  static void receive(End& end, End& other) {
    const Description arrived = end.arriving.front();
    end.arriving.pop_front();
    const Verdict verdict = end.pairing.judge(arrived);
    if (verdict == Verdict::pair && end.pairing.owes_answer()) end.describe_to(other);
    if (verdict == Verdict::restart_and_pair || verdict == Verdict::restart_and_wait) {
      end.pairing.answer_restart(end.next_ufrag(), arrived.credentials,
                                 verdict == Verdict::restart_and_pair);
      end.describe_to(other);
    }
  }
};

struct Walk {
  long ends = 0;
  int most_steps = 0;

  void from(const Talk& talk) {
    constexpr int kStepsMax = 40;
    REQUIRE(talk.steps < kStepsMax);
    bool moved = false;
    for (const bool left : {true, false}) {
      const End& end = left ? talk.left : talk.right;
      if (end.restarts_left > 0) moved = true, fork(talk, left, Talk::restart);
      if (!end.arriving.empty()) moved = true, fork(talk, left, Talk::receive);
    }
    if (moved) return;
    ++ends;
    most_steps = std::max(most_steps, talk.steps);
    if (talk.left.pairing.partner_ufrag() == talk.right.ufrag() && talk.left.pairing.is_paired() &&
        talk.right.pairing.partner_ufrag() == talk.left.ufrag() && talk.right.pairing.is_paired()) {
      return;
    }
    FAIL(talk.left.ufrag() << " has " << talk.left.pairing.partner_ufrag().value_or("nobody")
                           << ", " << talk.right.ufrag() << " has "
                           << talk.right.pairing.partner_ufrag().value_or("nobody"));
  }

  void fork(const Talk& talk, bool left, void (*step)(End&, End&)) {
    Talk next = talk;
    ++next.steps;
    left ? step(next.left, next.right) : step(next.right, next.left);
    from(next);
  }
};

TEST_CASE("however restarts cross, both ends find each other", "[signal][pairing]") {
  for (const auto& [left_restarts, right_restarts] :
       {std::pair(0, 0), std::pair(1, 0), std::pair(1, 1), std::pair(2, 1), std::pair(2, 2),
        std::pair(3, 1)}) {
    CAPTURE(left_restarts, right_restarts);
    Talk talk{End("left", left_restarts), End("right", right_restarts)};
    talk.left.describe_to(talk.right);
    talk.right.describe_to(talk.left);
    Walk walk;
    walk.from(talk);
    CHECK(walk.ends > 0);
    CHECK(walk.most_steps <= 2 + 7 * (left_restarts + right_restarts));
  }
}

}  // namespace
}  // namespace floe::signal
