// When a connection that has lost its path restarts by itself.
#include "recovery.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace floe::peer {
namespace {

constexpr Timestamp kStart{1h};
constexpr ice::Role kControlling = ice::Role::controlling;

/// How long until the restart is due, seen from `now`; it is then taken.
Duration wait_for(Recovery& recovery, Timestamp& now) {
  const Timestamp before = now;
  REQUIRE(recovery.deadline() != kNever);
  CHECK_FALSE(recovery.take(recovery.deadline() - Duration(1), kControlling));
  now = recovery.deadline();
  CHECK(recovery.take(now, kControlling));
  return now - before;
}

}  // namespace

TEST_CASE("a path that fails is soon replaced, and then less and less often", "[peer]") {
  Recovery recovery;
  Timestamp now = kStart;
  CHECK(recovery.deadline() == kNever);
  recovery.handle_state(now, ice::State::failed, kControlling);
  CHECK(wait_for(recovery, now) == kFailedPatience);
  CHECK(recovery.attempts() == 1);
  // Nobody answers.
  CHECK(wait_for(recovery, now) == 2 * kBackOff);
  CHECK(wait_for(recovery, now) == 4 * kBackOff);
  for (int i = 0; i < 20; ++i) (void)wait_for(recovery, now);
  CHECK(wait_for(recovery, now) == kBackOffMax);
}

TEST_CASE("once a pair works, nothing is due", "[peer]") {
  const auto state = GENERATE(ice::State::connected, ice::State::completed, ice::State::closed);
  Recovery recovery;
  Timestamp now = kStart;
  recovery.handle_state(now, ice::State::failed, kControlling);
  (void)wait_for(recovery, now);
  recovery.handle_state(now, state, kControlling);
  CHECK(recovery.deadline() == kNever);
}

// Moving world 55000000227: one component had no server-reflexive candidate, since the questions
// for it were lost, and its hundred pairs were checked for minutes.
TEST_CASE("checks that lead nowhere for a minute are begun anew", "[peer]") {
  Recovery recovery;
  Timestamp now = kStart;
  recovery.handle_state(now, ice::State::checking, kControlling);
  CHECK(wait_for(recovery, now) == kCheckingPatience);
  recovery.handle_state(now, ice::State::checking, kControlling);
  CHECK(wait_for(recovery, now) == kCheckingPatience);
  recovery.handle_state(now, ice::State::connected, kControlling);
  CHECK(recovery.deadline() == kNever);
}

// The peer has to hear of it, and to answer: that may take half a minute.
TEST_CASE("a late network does not hasten the end of checks", "[peer]") {
  Recovery recovery;
  Timestamp now = kStart;
  recovery.handle_state(now, ice::State::checking, kControlling);
  recovery.handle_late_network(now, kControlling);
  CHECK(wait_for(recovery, now) == kLatePatience);
  recovery.handle_state(now, ice::State::fresh, kControlling);
  CHECK(wait_for(recovery, now) == kCheckingPatience);
}

// It has a new address, and checks the old one of the peer.
TEST_CASE("checks without a restart put nothing off", "[peer]") {
  Recovery recovery;
  recovery.handle_state(kStart, ice::State::disconnected, kControlling);
  recovery.handle_state(kStart + 1s, ice::State::checking, kControlling);
  CHECK(recovery.deadline() == kStart + kDisconnectedPatience);
}

TEST_CASE("a restart that leads nowhere counts, one that leads to a path does not", "[peer]") {
  Recovery recovery;
  Timestamp now = kStart;
  recovery.handle_state(now, ice::State::failed, kControlling);
  (void)wait_for(recovery, now);
  recovery.handle_state(now, ice::State::checking, kControlling);
  recovery.handle_state(now, ice::State::failed, kControlling);
  CHECK(wait_for(recovery, now) == 2 * kBackOff);
  recovery.handle_state(now, ice::State::connected, kControlling);
  CHECK(recovery.attempts() == 0);
  recovery.handle_state(now, ice::State::failed, kControlling);
  CHECK(wait_for(recovery, now) == kFailedPatience);
}

TEST_CASE("a silent path has some seconds to come back", "[peer]") {
  Recovery recovery;
  recovery.handle_state(kStart, ice::State::disconnected, kControlling);
  CHECK(recovery.deadline() == kStart + kDisconnectedPatience);
}

// RFC 8838, section 13.
TEST_CASE("a network that comes late is told by a restart, and not too often", "[peer]") {
  Recovery recovery;
  Timestamp now = kStart;
  recovery.handle_late_network(now, kControlling);
  recovery.handle_late_network(now + 1s, kControlling);
  CHECK(wait_for(recovery, now) == kLatePatience);
  CHECK(recovery.deadline() == kNever);
  recovery.handle_late_network(now + 1s, kControlling);
  CHECK(wait_for(recovery, now) == kLateRestartsApart);
}

TEST_CASE("a late network is told by whatever restart comes first", "[peer]") {
  Recovery recovery;
  Timestamp now = kStart;
  recovery.handle_late_network(now, kControlling);
  SECTION("one of this end, for a path that failed") {
    recovery.handle_state(now, ice::State::failed, kControlling);
    CHECK(wait_for(recovery, now) == kFailedPatience);
    CHECK(wait_for(recovery, now) == 2 * kBackOff);
  }
  SECTION("one of the peer") {
    recovery.handle_gathering();
    CHECK(recovery.deadline() == kNever);
  }
  SECTION("none, since the connection is closed") {
    recovery.handle_state(now, ice::State::closed, kControlling);
    CHECK(recovery.deadline() == kNever);
  }
}

TEST_CASE("the two ends do not restart at once", "[peer]") {
  Recovery ours;
  Recovery theirs;
  ours.handle_state(kStart, ice::State::failed, ice::Role::controlling);
  theirs.handle_state(kStart, ice::State::failed, ice::Role::controlled);
  CHECK(theirs.deadline() - kStart == (ours.deadline() - kStart) * 3 / 2);
}

}  // namespace floe::peer
