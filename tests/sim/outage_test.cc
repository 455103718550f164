// A call goes on when one of its ends moves, and soon. The table: outage.h.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "outage_scene.h"

using namespace floe;
using namespace floe::sim;

namespace {

void check_all(Move move) {
  for (const ice::Role role : {ice::Role::controlling, ice::Role::controlled}) {
    for (const PeerKind kind : kPeerKinds) {
      const OutageCase one{role, kind, move};
      if (!why_impossible(one).empty()) continue;
      const Outage outage = measure_outage(Catch::getSeed(), one);
      CAPTURE(to_text(role), to_text(kind));
      CHECK(outage.gaps.towards_left <= longest_silence(move));
      CHECK(outage.gaps.towards_right <= longest_silence(move));
      CHECK(outage.are_both_connected);
      if (move == Move::overlap) CHECK(outage.lost == 0);
      CHECK(outage.handshakes == (is_encrypted(kind) ? 1u : 0u));
    }
  }
}

}  // namespace

TEST_CASE("a call goes on after a NAT has made new mappings", "[ice][sim]") {
  check_all(Move::nat_rebinding);
}

TEST_CASE("a call goes on when the new address comes before the old one goes", "[ice][sim]") {
  check_all(Move::address_first);
}

TEST_CASE("a call goes on when the new address comes after the old one went", "[ice][sim]") {
  check_all(Move::address_last);
}

TEST_CASE("a call that makes before it breaks loses nothing", "[ice][sim]") {
  check_all(Move::overlap);
}

TEST_CASE("a call that restarts on the path that it has loses nothing", "[ice][sim]") {
  for (const ice::Role role : {ice::Role::controlling, ice::Role::controlled}) {
    for (const PeerKind kind : kPeerKinds) {
      if (!why_impossible({role, kind, Move::overlap}).empty()) continue;
      CAPTURE(to_text(role), to_text(kind));
      OutageScene scene(Catch::getSeed(), "open", kind, role);
      REQUIRE(scene.begin());
      scene.join_other();
      scene.call.run_for(200ms);
      scene.mover.restart();
      scene.call.run_for(5s);
      scene.world.run_for(100ms);
      CHECK_FALSE(scene.uses_other());
      CHECK(scene.call.lost() == 0);
      CHECK(scene.handshakes() == (is_encrypted(kind) ? 1u : 0u));
    }
  }
}

TEST_CASE("a call goes on when the selected path dies in silence and another is there",
          "[ice][sim]") {
  check_all(Move::silent_death);
}

// Each check of one agent on a spare pair must not cause a check of the other without end.
TEST_CASE("agents with two paths are quiet again after both were in doubt", "[ice][sim]") {
  OutageScene scene(Catch::getSeed(), "open", PeerKind::full, ice::Role::controlled);
  REQUIRE(scene.begin());
  scene.join_other();
  scene.call.run_for(1s);
  scene.mover.host().link().is_up = false;
  scene.call.run_for(4s);
  scene.mover.host().link().is_up = true;
  scene.call.run_for(10s);
  const auto sent = [&] { return scene.mover.agent().counters().checks_sent; };
  const auto before = sent();
  scene.call.run_for(30s);
  CHECK(sent() - before <= 20);
}

TEST_CASE("print the outages", "[.][outage]") {
  std::fputs(outage_table(Catch::getSeed()).c_str(), stdout);
}
