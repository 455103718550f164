// A client that tries many peers.
#include <catch2/catch_test_macros.hpp>
#include <deque>

#include "consent/gate_world.h"
#include "recent_count.h"

using namespace floe;
using namespace floe::consent;
using namespace floe::consent::test;

TEST_CASE("a sweep of 1,000 ports reaches 200 and is a scan", "[consent][scan]") {
  GateWorld world;
  int passed = 0;
  for (std::uint16_t i = 0; i < 1000; ++i) {
    world.now += 17ms;
    if (world.out(check(i), at(9, static_cast<std::uint16_t>(1024 + i))) == Verdict::pass) ++passed;
  }
  CHECK(passed == 200);
  CHECK(world.scans.is_scan());
  CHECK(world.out(check(5000), at(10)) == Verdict::over_rate);
}

TEST_CASE("a sweep that hurries is a scan, too", "[consent][scan]") {
  GateWorld world;
  for (std::uint16_t i = 0; i < 1000; ++i) {
    (void)world.out(check(i), at(9, static_cast<std::uint16_t>(1024 + i)));
  }
  CHECK(world.scans.is_scan());
}

TEST_CASE("a scan over several sockets is slowed down", "[consent][scan]") {
  GateWorld world;
  std::deque<ConsentGate> gates;
  for (int i = 0; i < 4; ++i) gates.emplace_back(world.key, world.scans);
  int passed = 0;
  for (std::uint16_t i = 0; i < 700; ++i) {
    world.now += 40ms;
    const TransportAddress peer = at(9, static_cast<std::uint16_t>(1024 + i));
    if (gates[i % 4].outbound(world.now, peer, check(i)) == Verdict::pass) ++passed;
  }
  CHECK(passed >= 256);
  CHECK(passed <= 256 + 40 * 700 / 1000 + 20);
  CHECK_FALSE(world.scans.is_scan());
}

TEST_CASE("an agent that tries again and again is no scan", "[consent][scan]") {
  GateWorld world;
  std::uint32_t number = 0;
  for (int minute = 0; minute < 30; ++minute) {
    for (std::uint16_t i = 0; i < 240; ++i) {
      world.now += 250ms;
      (void)world.out(check(++number), at(9, static_cast<std::uint16_t>(1024 + i % 120)));
    }
  }
  CHECK_FALSE(world.scans.is_scan());
  CHECK(world.out(check(++number), at(10)) == Verdict::pass);
}

TEST_CASE("a minute is counted wherever it begins", "[consent][scan]") {
  RecentCount count;
  Timestamp now{std::chrono::hours(5) + 4999ms};
  count.add(now);
  CHECK(count.sum(now + 60s - Duration(1)) == 1);
  CHECK(count.sum(now + 70s) == 0);
  now += 100s;
  for (int i = 0; i < 500; ++i) {
    now += 1s;
    count.add(now);
    if (i >= 70) CHECK((count.sum(now) >= 60 && count.sum(now) <= 65));
  }
  CHECK(count.sum(now + std::chrono::hours(1)) == 0);
}
