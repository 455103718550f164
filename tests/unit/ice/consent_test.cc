#include "consent.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "floe/sim/seeded_random.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

constexpr Timestamp kStart{1h};

/// When the next request is due, found by asking.
Timestamp due_at(const Consent& consent, Timestamp from) {
  Timestamp now = from;
  while (!consent.request_is_due(now)) now += 1ms;
  return now;
}

}  // namespace

// RFC 7675, section 5.1: each interval is 5 s times a random number from 0.8 to 1.2.
TEST_CASE("consent is asked for every 4 to 6 seconds, not always after the same time", "[ice]") {
  sim::SeededRandom random(1);
  Consent consent(Consent::Mode::active, kStart, kStart, random);
  std::set<Duration> intervals;
  Timestamp now = kStart;
  for (int i = 0; i < 300; ++i) {
    const Timestamp due = due_at(consent, now);
    REQUIRE(due - now >= 4s);
    REQUIRE(due - now <= 6s + 1ms);
    intervals.insert(due - now);
    now = due;
    consent.granted(now);
    consent.schedule(now, random);
  }
  CHECK(intervals.size() > 100);
  CHECK(*intervals.begin() < Duration(4100ms));
  CHECK(*intervals.rbegin() > Duration(5900ms));
}

TEST_CASE("consent expires 30 s after the last answer, not after the last question", "[ice]") {
  sim::SeededRandom random(1);
  Consent consent(Consent::Mode::active, kStart, kStart, random);
  consent.granted(kStart + 10s);
  consent.schedule(kStart + 38s, random);
  CHECK_FALSE(consent.has_expired(kStart + 40s - Duration(1)));
  CHECK(consent.has_expired(kStart + 40s));
}

TEST_CASE("silence is a doubt before it is the end", "[ice]") {
  sim::SeededRandom random(1);
  Consent consent(Consent::Mode::active, kStart, kStart, random);
  CHECK_FALSE(consent.is_disconnected(kStart + kDisconnectedAfter - Duration(1)));
  CHECK(consent.is_disconnected(kStart + kDisconnectedAfter));
  CHECK_FALSE(consent.has_expired(kStart + kDisconnectedAfter));
  consent.granted(kStart + kDisconnectedAfter);
  CHECK_FALSE(consent.is_disconnected(kStart + kDisconnectedAfter));
}

TEST_CASE("the second request is repeated when the first got no answer", "[ice]") {
  sim::SeededRandom random(1);
  Consent consent(Consent::Mode::active, kStart, kStart, random);
  const Timestamp first = consent.deadline(kStart);
  CHECK_FALSE(consent.is_overdue(first));
  consent.schedule(first, random);
  const Timestamp second = consent.deadline(first);
  CHECK(consent.is_overdue(second));
  consent.granted(second);
  CHECK_FALSE(consent.is_overdue(second));
}

TEST_CASE("a deadline is when a question has a new answer", "[ice]") {
  sim::SeededRandom random(1);
  Consent consent(Consent::Mode::active, kStart, kStart, random);
  CHECK_FALSE(consent.request_is_due(consent.deadline(kStart) - Duration(1)));
  CHECK(consent.request_is_due(consent.deadline(kStart)));

  consent.schedule(kStart + 11s, random);
  CHECK(consent.deadline(kStart + 11s) == kStart + kDisconnectedAfter);
  consent.schedule(kStart + 28s, random);
  CHECK(consent.deadline(kStart + 28s) == kStart + kConsentTimeout);
}
