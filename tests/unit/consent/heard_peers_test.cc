// What a client hears of peers without consent, and what it may answer.
#include <catch2/catch_test_macros.hpp>

#include "consent/gate_world.h"

using namespace floe;
using namespace floe::consent;
using namespace floe::consent::test;

TEST_CASE("from strangers only checks come in", "[consent]") {
  GateWorld world;
  CHECK(world.in(kData) == Verdict::no_consent);
  CHECK(world.in({}) == Verdict::no_consent);
  CHECK(world.in(check(1, {})) == Verdict::no_consent);
  CHECK(world.in(success(1)) == Verdict::no_consent);
  ByteVector damaged = check(2);
  damaged.back() ^= 1;
  CHECK(world.in(damaged) == Verdict::no_consent);
  CHECK(world.in(check(3)) == Verdict::pass);
}

TEST_CASE("a request is answered once, as often as it came", "[consent]") {
  GateWorld world;
  CHECK(world.out(success(1)) == Verdict::no_consent);
  REQUIRE(world.in(check(1)) == Verdict::pass);
  CHECK(world.out(success(1), at(8)) == Verdict::no_consent);
  CHECK(world.out(success(2)) == Verdict::no_consent);
  CHECK(world.out(success(1)) == Verdict::pass);
  CHECK(world.out(success(1)) == Verdict::over_rate);
  REQUIRE(world.in(check(1)) == Verdict::pass);
  CHECK(world.out(error(1)) == Verdict::pass);
  CHECK(world.out(success(1)) == Verdict::over_rate);
  CHECK(world.out(kData) == Verdict::no_consent);
}

TEST_CASE("an answer has at most three times the bytes of its request", "[consent]") {
  GateWorld world;
  const std::size_t request_size = check(1).size();
  const std::size_t empty = success(1, {.integrity = true, .padding = 4}).size() - 4;
  Parts parts = kAnswerParts;
  REQUIRE(world.in(check(1)) == Verdict::pass);
  parts.padding = (3 * request_size - empty) / 4 * 4 + 4;
  CHECK(world.out(success(1, parts)) == Verdict::over_rate);
  parts.padding -= 4;
  CHECK(world.out(success(1, parts)) == Verdict::pass);
}

TEST_CASE("before consent a client sends at most three times what came", "[consent]") {
  GateWorld world;
  std::size_t came = 0;
  std::size_t left = 0;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    world.now += 7ms;
    Parts parts = kCheckParts;
    parts.padding = i * 7919 % 1000;
    const ByteVector request = check(i % 97, parts);
    if (world.in(request) == Verdict::pass) came += request.size();
    for (std::uint32_t k = 0; k < 3; ++k) {
      Parts answer_parts = kAnswerParts;
      answer_parts.padding = (i + k) * 104'729 % 1300;
      const ByteVector answer = success((i + k) % 97, answer_parts);
      if (world.out(answer) == Verdict::pass) left += answer.size();
    }
    CHECK(world.out(kData) == Verdict::no_consent);
  }
  CHECK(left > came / 10);
  CHECK(left <= 3 * came);
}

TEST_CASE("a peer whose check was answered may be faster than its own answer", "[consent]") {
  GateWorld world;
  REQUIRE(world.in(check(1)) == Verdict::pass);
  CHECK(world.in(kData) == Verdict::no_consent);
  SECTION("with success: its DTLS comes in, and nothing leaves") {
    REQUIRE(world.out(success(1)) == Verdict::pass);
    CHECK(world.in(kData) == Verdict::pass);
    CHECK(world.in(kData, at(8)) == Verdict::no_consent);
    CHECK(world.out(kData) == Verdict::no_consent);
    world.now += 30s;
    CHECK(world.in(kData) == Verdict::no_consent);
  }
  SECTION("with an error: nothing comes in") {
    REQUIRE(world.out(error(1)) == Verdict::pass);
    CHECK(world.in(kData) == Verdict::no_consent);
  }
}

TEST_CASE("a flood of strangers is cut to fifty a second", "[consent]") {
  GateWorld world;
  REQUIRE(world.out(check(1)) == Verdict::pass);
  int passed = 0;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    world.now += 1ms;
    const TransportAddress from = at(static_cast<std::uint8_t>(i), static_cast<std::uint16_t>(i));
    if (from.ip != kPeer.ip && world.in(check(100 + i), from) == Verdict::pass) ++passed;
  }
  CHECK(passed >= 500);
  CHECK(passed <= 500 + 64);
  SECTION("whom the client has written to is heard all the same") {
    CHECK(world.in(check(50'000)) == Verdict::pass);
    CHECK(world.in(success(1)) == Verdict::pass);
    CHECK(world.out(kData) == Verdict::pass);
  }
  SECTION("64 requests wait for an answer") {
    int answered = 0;
    for (std::uint32_t i = 0; i < 10'000; ++i) {
      const TransportAddress to = at(static_cast<std::uint8_t>(i), static_cast<std::uint16_t>(i));
      if (world.out(success(100 + i), to) == Verdict::pass) ++answered;
    }
    CHECK(answered == 64);
  }
}

TEST_CASE("a peer without consent may not repeat an answer without end", "[consent]") {
  GateWorld world;
  const ByteVector request = check(1, {});
  REQUIRE(world.out(request) == Verdict::pass);
  const ByteVector answer = success(1, {});
  CHECK(world.count_passed(1000, [&](int) { return world.in(answer); }) == 64);
  CHECK(world.count_passed(1000, [&](int) { return world.in(answer, at(9)); }) == 64);
}
