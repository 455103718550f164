// What a client may send to a peer, before it has consented, while it has, and afterwards.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "consent/gate_world.h"

using namespace floe;
using namespace floe::consent;
using namespace floe::consent::test;

TEST_CASE("before consent only well-formed checks leave", "[consent]") {
  GateWorld world;
  CHECK(world.out(kData) == Verdict::no_consent);
  CHECK(world.out({}) == Verdict::no_consent);
  CHECK(world.out(ByteVector(20, 0x16)) == Verdict::no_consent);
  CHECK(world.out(check(1, {.username = true, .integrity = true, .fingerprint = false})) ==
        Verdict::no_consent);
  CHECK(world.out(check(2, {.username = true})) == Verdict::no_consent);
  CHECK(world.out(check(3, {.integrity = true})) == Verdict::no_consent);
  ByteVector damaged = check(4);
  damaged.back() ^= 1;
  CHECK(world.out(damaged) == Verdict::no_consent);
  const auto indication =
      message(stun::Class::indication, stun::Method::binding, 5, {.fingerprint = true});
  CHECK(world.out(indication) == Verdict::no_consent);
  CHECK(world.out(success(6)) == Verdict::no_consent);
  CHECK(world.out(check(7)) == Verdict::pass);
  Parts with_dtls = kCheckParts;
  with_dtls.padding = 1200;
  CHECK(world.out(check(8, with_dtls)) == Verdict::pass);
  with_dtls.padding = 1500;
  CHECK(world.out(check(9, with_dtls)) == Verdict::no_consent);
  CHECK(world.out(kData) == Verdict::no_consent);
}

TEST_CASE("the answer to a check opens its peer for 30 seconds", "[consent]") {
  GateWorld world;
  REQUIRE(world.out(check(1)) == Verdict::pass);
  CHECK(world.out(kData) == Verdict::no_consent);
  REQUIRE(world.in(success(1)) == Verdict::pass);
  CHECK(world.gate.consent_left(world.now, kPeer) == Duration(30s));
  CHECK(world.out(kData) == Verdict::pass);
  CHECK(world.in(kData) == Verdict::pass);
  CHECK(world.out(kData, at(7, 40001)) == Verdict::no_consent);
  CHECK(world.out(kData, at(8)) == Verdict::no_consent);
  world.now += 30s - Duration(1);
  CHECK(world.out(kData) == Verdict::pass);
  world.now += Duration(1);
  CHECK(world.out(kData) == Verdict::no_consent);
  CHECK(world.in(kData) == Verdict::no_consent);
  CHECK_FALSE(world.gate.consent_left(world.now, kPeer));
}

TEST_CASE("later answers prolong consent", "[consent]") {
  GateWorld world;
  world.get_consent();
  for (int i = 0; i < 40; ++i) {
    world.now += 6s;
    world.get_consent();
    CHECK(world.gate.consent_left(world.now, kPeer) == Duration(30s));
  }
  SECTION("but not the same answer once more") {
    world.now += 10s;
    CHECK(world.in(success(world.last_number)) == Verdict::pass);
    CHECK(world.gate.consent_left(world.now, kPeer) == Duration(20s));
  }
  SECTION("not without checks") {
    for (int i = 0; i < 40; ++i) {
      world.now += 1s;
      (void)world.in(check(2000 + static_cast<std::uint32_t>(i)));
      (void)world.in(kData);
    }
    CHECK(world.out(kData) == Verdict::no_consent);
  }
}

TEST_CASE("a forged answer opens nothing", "[consent]") {
  GateWorld world;
  REQUIRE(world.out(check(1)) == Verdict::pass);
  SECTION("of another id") {
    CHECK(world.in(success(2)) == Verdict::no_consent);
  }
  SECTION("from another port") {
    (void)world.in(success(1), at(7, 40001));
    CHECK(world.out(kData, at(7, 40001)) == Verdict::no_consent);
  }
  SECTION("from another host") {
    (void)world.in(success(1), at(8));
    CHECK(world.out(kData, at(8)) == Verdict::no_consent);
  }
  SECTION("without integrity, as a server answers anybody") {
    (void)world.in(success(1, {}));
  }
  SECTION("an error") {
    (void)world.in(error(1));
  }
  SECTION("damaged") {
    ByteVector damaged = success(1);
    damaged.back() ^= 1;
    (void)world.in(damaged);
  }
  SECTION("too late") {
    world.now += kRequestLives;
    (void)world.in(success(1));
  }
  CHECK(world.out(kData) == Verdict::no_consent);
}

TEST_CASE("what comes in never opens the way out", "[consent]") {
  GateWorld world;
  for (std::uint32_t i = 0; i < 20; ++i) {
    REQUIRE(world.in(check(i)) == Verdict::pass);
    (void)world.in(success(i));
    (void)world.in(kData);
    CHECK(world.out(kData) == Verdict::no_consent);
  }
}

TEST_CASE("a request leaves at most seven times", "[consent]") {
  GateWorld world;
  const ByteVector request = check(1);
  for (int i = 0; i < 7; ++i) {
    CHECK(world.out(request) == Verdict::pass);
    world.now += 1s;
  }
  CHECK(world.out(request) == Verdict::over_rate);
  SECTION("and to one peer") {
    CHECK(world.out(check(2)) == Verdict::pass);
    CHECK(world.out(check(2), at(8)) == Verdict::over_rate);
  }
}

TEST_CASE("checks leave sixty times a second, twenty at once", "[consent]") {
  GateWorld world;
  std::uint32_t number = 0;
  const auto send = [&](int) { return world.out(check(++number)); };
  CHECK(world.count_passed(100, send) == 20);
  int passed = 0;
  for (int i = 0; i < 1000; ++i) {
    world.now += 1ms;
    passed += world.count_passed(1, send);
  }
  CHECK(passed >= 58);
  CHECK(passed <= 60);
  SECTION("long ones less often") {
    world.now += 10s;
    Parts with_dtls = kCheckParts;
    with_dtls.padding = 1200;
    const auto send_long = [&](int) { return world.out(check(++number, with_dtls)); };
    std::size_t bytes = 0;
    for (int i = 0; i < 10'000; ++i) {
      world.now += 1ms;
      bytes += static_cast<std::size_t>(world.count_passed(1, send_long)) * 1300;
    }
    CHECK(bytes < 24u * 1024 + 10 * 34u * 1024);
  }
  SECTION("whom they have reached may have as many as it likes") {
    world.now += 1s;
    world.get_consent();
    CHECK(world.count_passed(1000, send) == 1000);
  }
}

TEST_CASE("a socket asks 200 new peers a minute", "[consent]") {
  GateWorld world;
  std::uint32_t number = 0;
  int passed = 0;
  for (int i = 0; i < 59; ++i) {
    for (int k = 0; k < 5; ++k) {
      ++number;
      passed += world.count_passed(1, [&](int) {
        return world.out(check(number), at(9, static_cast<std::uint16_t>(10'000 + number)));
      });
    }
    world.now += 1s;
  }
  CHECK(passed == 200);
  CHECK(world.out(check(5000), at(9, 10'001)) == Verdict::pass);  // a known one
  world.now += 11s;
  CHECK(world.out(check(5001), at(9, 20'001)) == Verdict::pass);
}

TEST_CASE("the client hears when consent begins, goes on and ends", "[consent]") {
  GateWorld world;
  CHECK(world.gate.deadline() == kNever);
  world.get_consent();
  CHECK(world.gate.next_change(world.now) == kPeer);
  CHECK_FALSE(world.gate.next_change(world.now));
  CHECK(world.gate.deadline() == world.now + 30s);
  world.now += 5s;
  world.get_consent();
  CHECK_FALSE(world.gate.next_change(world.now));  // it need not know of five seconds
  world.now += 5s;
  world.get_consent();
  CHECK(world.gate.next_change(world.now) == kPeer);
  world.now += 30s;
  CHECK(world.gate.deadline() == world.now);
  CHECK(world.gate.next_change(world.now) == kPeer);
  CHECK_FALSE(world.gate.next_change(world.now));
  CHECK(world.gate.deadline() == kNever);
  world.get_consent();
  CHECK(world.gate.next_change(world.now) == kPeer);
  CHECK(world.out(kData) == Verdict::pass);
}

TEST_CASE("of many peers with consent the gate takes 256", "[consent]") {
  GateWorld world;
  int open = 0;
  for (std::uint16_t i = 0; i < 300; ++i) {
    world.now += 90ms;
    const TransportAddress peer = at(9, static_cast<std::uint16_t>(10'000 + i));
    (void)world.in(check(i), peer);
    (void)world.out(success(i), peer);
    world.get_consent(peer);
    open += world.out(kData, peer) == Verdict::pass ? 1 : 0;
  }
  // Two hundred new ones in a minute are all that a socket may ask.
  CHECK(open == 200);
}
