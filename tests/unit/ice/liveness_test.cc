#include "liveness.h"

#include <catch2/catch_test_macros.hpp>

using namespace floe;
using namespace floe::ice;

namespace {

using Step = Liveness::Step;

constexpr Timestamp kStart{1h};
// Long after it was selected.
constexpr Timestamp kNow = kStart + 1min;

Liveness settled() {
  Liveness liveness(kStart, kStart);
  liveness.heard(kNow);
  return liveness;
}

}  // namespace

TEST_CASE("silence is no doubt while nothing is sent", "[ice]") {
  Liveness liveness = settled();
  CHECK(liveness.update(kNow + 1h) == Step::none);
  CHECK(liveness.deadline(kNow + 1h) == kNever);
}

TEST_CASE("a path is in doubt 2.5 s after the first message without an answer", "[ice]") {
  Liveness liveness = settled();
  CHECK(liveness.sent(kNow));
  CHECK_FALSE(liveness.sent(kNow + 1s));
  CHECK(liveness.deadline(kNow) == kNow + 2500ms);
  CHECK(liveness.update(kNow + 2499ms) == Step::none);
  CHECK_FALSE(liveness.is_in_doubt());
  CHECK(liveness.update(kNow + 2500ms) == Step::check_path);
  CHECK(liveness.is_in_doubt());
}

TEST_CASE("all that comes ends the doubt, and what was sent before it needs no answer", "[ice]") {
  Liveness liveness = settled();
  liveness.sent(kNow);
  liveness.heard(kNow + 2s);
  CHECK(liveness.update(kNow + 3s) == Step::none);
  liveness.sent(kNow + 3s);
  CHECK(liveness.update(kNow + 5500ms) == Step::check_path);
  liveness.heard(kNow + 6s);
  CHECK_FALSE(liveness.is_in_doubt());
  CHECK_FALSE(liveness.others_checked());
  CHECK(liveness.deadline(kNow + 6s) == kNever);
}

TEST_CASE("in doubt the path is checked first, then the others, then both again", "[ice]") {
  Liveness liveness = settled();
  liveness.sent(kNow);
  const Timestamp doubt = kNow + 2500ms;
  CHECK(liveness.update(doubt) == Step::check_path);
  CHECK(liveness.update(doubt) == Step::none);
  CHECK_FALSE(liveness.may_be_left(doubt + 249ms));
  CHECK(liveness.deadline(doubt) == doubt + 250ms);
  CHECK(liveness.may_be_left(doubt + 250ms));
  CHECK(liveness.update(doubt + 499ms) == Step::none);
  CHECK(liveness.update(doubt + 500ms) == Step::check_others);
  CHECK(liveness.others_checked());
  CHECK(liveness.update(doubt + 2500ms) == Step::check_path);
  CHECK(liveness.update(doubt + 5s) == Step::check_path);
  CHECK(liveness.update(doubt + 5500ms) == Step::check_others);
}

TEST_CASE("a check of the peer on another pair makes half a second of silence doubtful", "[ice]") {
  Liveness liveness = settled();
  CHECK(liveness.suspect(kNow + 100ms));
  CHECK(liveness.update(kNow + 499ms) == Step::none);
  CHECK(liveness.update(kNow + 500ms) == Step::check_path);
  Liveness busy = settled();
  CHECK(busy.suspect(kNow + 100ms));
  busy.heard(kNow + 120ms);
  CHECK(busy.update(kNow + 1h) == Step::none);
}

TEST_CASE("such a check means nothing soon after the pair was selected", "[ice]") {
  Liveness liveness(kStart, kStart);
  CHECK_FALSE(liveness.suspect(kStart + 999ms));
  CHECK(liveness.update(kStart + 1h) == Step::none);
  CHECK(liveness.suspect(kStart + 1s));
}

TEST_CASE("a path that the peer says it left is in doubt at once", "[ice]") {
  Liveness liveness = settled();
  liveness.doubt(kNow + 1ms);
  CHECK(liveness.update(kNow + 1ms) == Step::check_path);
}
