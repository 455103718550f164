// Which pair is checked next and when: triggered checks, waiting pairs, repeats (RFC 8445, section
// 6.1.4.2).
#include "check_schedule.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/ice/limits.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

constexpr Timestamp kStart{1h};

/// Three pairs of different foundations, best first, all waiting.
struct ThreePairs {
  explicit ThreePairs(bool strict = false, SharedPacer* shared = nullptr)
      : pacer(PacerConfig{.strict = strict}, shared) {
    const auto local = locals.add_host({1, *TransportAddress::parse("192.0.2.1:1")}).value();
    for (std::uint16_t i = 0; i < 3; ++i) {
      Candidate candidate;
      candidate.priority = 300u - i;
      candidate.foundation = *Foundation::parse(std::to_string(i + 1));
      candidate.address = {IpAddress::v4(198, 51, 100, 1), static_cast<std::uint16_t>(i + 1)};
      index[i] =
          pairs.add(local, remotes.add_signalled(candidate).index, Role::controlling).value();
    }
  }

  /// What a generation does with what it is given.
  std::optional<PairIndex> check_next(Timestamp now) {
    const auto next = schedule.next(now);
    if (!next) return next;
    CandidatePair& pair = pairs.at(*next);
    pair.state = PairState::in_progress;
    pair.last_check_at = now;
    ++pair.attempts;
    return next;
  }

  LocalCandidates locals;
  RemoteCandidates remotes;
  CheckList pairs{locals, remotes};
  Pacer pacer;
  CheckSchedule schedule{pairs, pacer};
  std::array<PairIndex, 3> index;
};

}  // namespace

TEST_CASE("waiting pairs are checked in order of priority, one a slot", "[ice]") {
  ThreePairs three;
  CHECK(three.check_next(kStart) == three.index[0]);
  CHECK_FALSE(three.check_next(kStart));
  CHECK(three.schedule.deadline(kStart) == kStart + 50ms);
  CHECK_FALSE(three.check_next(kStart + 50ms - Duration(1)));
  CHECK(three.check_next(kStart + 50ms) == three.index[1]);
  CHECK(three.check_next(kStart + 100ms) == three.index[2]);
}

TEST_CASE("a triggered check comes before waiting pairs", "[ice]") {
  ThreePairs three;
  three.pairs.trigger(three.index[2]);
  CHECK(three.check_next(kStart) == three.index[2]);
  CHECK(three.pairs.triggered().empty());
}

TEST_CASE("a triggered check on a path that was heard costs no slot", "[ice]") {
  ThreePairs three;
  REQUIRE(three.check_next(kStart) == three.index[0]);
  three.pairs.at(three.index[2]).heard = true;
  three.pairs.trigger(three.index[2]);
  CHECK(three.schedule.deadline(kStart) <= kStart);
  CHECK(three.check_next(kStart) == three.index[2]);
}

TEST_CASE("in strict pacing, or on a path that was not heard, it costs one", "[ice]") {
  ThreePairs strict(true);
  REQUIRE(strict.check_next(kStart) == strict.index[0]);
  strict.pairs.at(strict.index[2]).heard = true;
  strict.pairs.trigger(strict.index[2]);
  CHECK_FALSE(strict.check_next(kStart));
  CHECK(strict.check_next(kStart + 50ms) == strict.index[2]);

  ThreePairs unheard;
  REQUIRE(unheard.check_next(kStart) == unheard.index[0]);
  unheard.pairs.trigger(unheard.index[2]);
  CHECK_FALSE(unheard.check_next(kStart));
}

TEST_CASE("one pair is checked without slots a few times only", "[ice]") {
  ThreePairs three;
  REQUIRE(three.check_next(kStart) == three.index[0]);
  three.pairs.at(three.index[2]).heard = true;
  int unpaced = 0;
  for (int i = 0; i < 20; ++i) {
    three.pairs.trigger(three.index[2]);
    unpaced += three.schedule.next(kStart).has_value() ? 1 : 0;
  }
  CHECK(unpaced == kUnpacedChecksMax);
  // It does not keep the agent awake meanwhile.
  CHECK(three.schedule.deadline(kStart) == kStart + kUnpacedWindow);
}

TEST_CASE("a pair that answers with conflicts alone has to wait for slots", "[ice]") {
  ThreePairs three;
  REQUIRE(three.check_next(kStart) == three.index[0]);
  CandidatePair& pair = three.pairs.at(three.index[2]);
  pair.heard = true;
  pair.conflicts = kUnpacedConflictsMax + 1;
  three.pairs.trigger(three.index[2]);
  CHECK_FALSE(three.check_next(kStart));
}

TEST_CASE("idle slots repeat the most promising check, a few times", "[ice]") {
  ThreePairs three;
  for (int i = 0; i < 3; ++i) REQUIRE(three.check_next(kStart + i * 50ms));
  std::array<int, 3> repeats{};
  for (int i = 3; i < 100; ++i) {
    const auto next = three.check_next(kStart + i * 50ms);
    if (!next) continue;
    for (std::size_t k = 0; k < 3; ++k) repeats[k] += *next == three.index[k] ? 1 : 0;
  }
  // The first check of each counts, too.
  for (const int count : repeats) CHECK(count == kTransactionsPerPairMax - 1);
  CHECK(three.schedule.deadline(kStart + 100s) == kNever);
}

TEST_CASE("a repeat that comes too late waits for the loop to catch up", "[ice]") {
  ThreePairs three;
  for (int i = 0; i < 3; ++i) REQUIRE(three.check_next(kStart + i * 50ms));
  // The repeat of the first was due at 150 ms.
  CHECK_FALSE(three.check_next(kStart + 201ms));
  CHECK(three.schedule.deadline(kStart + 201ms) == kStart + 251ms);
  CHECK_FALSE(three.check_next(kStart + 302ms));
  CHECK(three.check_next(kStart + 352ms) == three.index[0]);
}

TEST_CASE("a repeat that is late by a slot is sent", "[ice]") {
  ThreePairs three;
  for (int i = 0; i < 3; ++i) REQUIRE(three.check_next(kStart + i * 50ms));
  CHECK(three.check_next(kStart + 200ms) == three.index[0]);
}

TEST_CASE("after half a second a pair is checked again, late or not", "[ice]") {
  ThreePairs three;
  REQUIRE(three.check_next(kStart) == three.index[0]);
  for (const std::size_t i : {1u, 2u}) three.pairs.fail(three.index[i], PairFailure::timed_out);
  CHECK_FALSE(three.check_next(kStart + 499ms));
  CHECK(three.check_next(kStart + 549ms) == three.index[0]);
  CHECK_FALSE(three.check_next(kStart + 848ms));
  CHECK(three.check_next(kStart + 1349ms) == three.index[0]);
}

TEST_CASE("strict pacing repeats nothing of its own", "[ice]") {
  ThreePairs three(true);
  for (int i = 0; i < 3; ++i) REQUIRE(three.check_next(kStart + i * 50ms));
  CHECK_FALSE(three.check_next(kStart + 10s));
  CHECK(three.schedule.deadline(kStart + 10s) == kNever);
}

TEST_CASE("nothing to check is nothing to wait for", "[ice]") {
  ThreePairs three;
  for (const PairIndex index : three.index) three.pairs.fail(index, PairFailure::timed_out);
  CHECK_FALSE(three.check_next(kStart));
  CHECK(three.schedule.deadline(kStart) == kNever);
}

TEST_CASE("agents that share a pacer take turns", "[ice]") {
  SharedPacer shared;
  ThreePairs first(false, &shared);
  ThreePairs second(false, &shared);
  REQUIRE(first.check_next(kStart));
  CHECK_FALSE(second.check_next(kStart));
  CHECK(second.schedule.deadline(kStart) == kStart + kTaMin);
  CHECK(second.check_next(kStart + kTaMin));
}
