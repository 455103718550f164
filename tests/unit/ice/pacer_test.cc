#include "floe/ice/pacer.h"

#include <catch2/catch_test_macros.hpp>

#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

constexpr Timestamp kStart{1h};

}  // namespace

TEST_CASE("the first slot is free, the next is Ta away", "[ice]") {
  Pacer pacer(PacerConfig{}, nullptr);
  CHECK(pacer.ta() == Duration(50ms));
  CHECK(pacer.slot_is_free(kStart));
  pacer.take_slot(kStart);
  CHECK_FALSE(pacer.slot_is_free(kStart));
  CHECK(pacer.next_slot() == kStart + 50ms);
  CHECK_FALSE(pacer.slot_is_free(kStart + 50ms - Duration(1)));
  CHECK(pacer.slot_is_free(kStart + 50ms));
}

TEST_CASE("slots that nobody took do not add up", "[ice]") {
  Pacer pacer(PacerConfig{}, nullptr);
  pacer.take_slot(kStart);
  pacer.take_slot(kStart + 10s);
  CHECK_FALSE(pacer.slot_is_free(kStart + 10s));
  CHECK(pacer.next_slot() == kStart + 10s + 50ms);
}

// RFC 8445, section 14.2: "Both agents MUST use the higher value of the proposed values."
TEST_CASE("the larger Ta of the two agents counts", "[ice]") {
  Pacer pacer(PacerConfig{20ms, false}, nullptr);
  pacer.agree_with(kTaDefault);
  CHECK(pacer.ta() == Duration(50ms));
  pacer.agree_with(5ms);
  CHECK(pacer.ta() == Duration(20ms));
  pacer.agree_with(100ms);
  CHECK(pacer.ta() == Duration(100ms));
  pacer.agree_with(1h);
  CHECK(pacer.ta() == kTaMax);
}

// RFC 8445, section 14.2: no two agents of a host faster than one transaction in 5 ms.
TEST_CASE("Ta is never below 5 ms", "[ice]") {
  CHECK(Pacer(PacerConfig{1ms, false}, nullptr).ta() == Duration(5ms));
  CHECK(Pacer(PacerConfig{0ms, false}, nullptr).ta() == Duration(5ms));
  CHECK(Pacer(PacerConfig{-1s, false}, nullptr).ta() == Duration(5ms));
  CHECK(Pacer(PacerConfig{200ms, true}, nullptr).ta() == Duration(200ms));
  CHECK(Pacer(PacerConfig{50ms, true}, nullptr).strict());
}

TEST_CASE("agents that share a pacer keep 5 ms between them, each its own Ta", "[ice]") {
  SharedPacer shared;
  Pacer one(PacerConfig{}, &shared);
  Pacer two(PacerConfig{}, &shared);
  one.take_slot(kStart);
  CHECK_FALSE(two.slot_is_free(kStart));
  CHECK(two.next_slot() == kStart + 5ms);
  two.take_slot(kStart + 5ms);
  CHECK(one.next_slot() == kStart + 50ms);
  CHECK(two.next_slot() == kStart + 55ms);
}

TEST_CASE("a pair has three checks without a slot in 20 ms", "[ice]") {
  UnpacedAllowance allowance;
  CHECK(allowance.available_at(kStart) == kStart);
  CHECK(allowance.take(kStart));
  CHECK(allowance.take(kStart + 1ms));
  CHECK(allowance.available_at(kStart + 1ms) == kStart + 1ms);
  CHECK(allowance.take(kStart + 2ms));
  CHECK_FALSE(allowance.take(kStart + 2ms));
  CHECK(allowance.available_at(kStart + 2ms) == kStart + 20ms);
  CHECK_FALSE(allowance.take(kStart + 20ms - Duration(1)));
  CHECK(allowance.take(kStart + 20ms));
  CHECK(allowance.available_at(kStart + 20ms) == kStart + 20ms);
}

TEST_CASE("an allowance says truly when it is available", "[ice]") {
  UnpacedAllowance allowance;
  Timestamp now = kStart;
  for (int i = 0; i < 100; ++i) {
    const Timestamp when = allowance.available_at(now);
    REQUIRE(when >= now);
    if (when > now) {
      CHECK_FALSE(allowance.take(when - Duration(1)));
    }
    now = when;
    REQUIRE(allowance.take(now));
  }
  // Three at once in every 20 ms.
  CHECK(now == kStart + 33 * 20ms);
}
