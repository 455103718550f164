// The states of the nomination of one pair (RFC 8445, section 8.1).
#include "floe/ice/pair_nomination.h"

#include <catch2/catch_test_macros.hpp>

using namespace floe::ice;

TEST_CASE("a nomination is pending until it is confirmed", "[ice]") {
  PairNomination nomination;
  CHECK_FALSE(nomination.is_pending());
  CHECK(nomination.value() == 0);
  nomination.begin(3);
  CHECK(nomination.is_pending());
  CHECK_FALSE(nomination.is_nominated());
  nomination.confirm();
  CHECK_FALSE(nomination.is_pending());
  CHECK(nomination.is_nominated());
  CHECK(nomination.value() == 3);
}

TEST_CASE("a nominated pair that is nominated once more stays nominated", "[ice]") {
  PairNomination nomination;
  nomination.begin(1);
  nomination.confirm();
  nomination.begin(2);
  CHECK(nomination.is_pending());
  CHECK(nomination.is_nominated());
  CHECK(nomination.value() == 2);
}

TEST_CASE("the peer's request stays known after it was confirmed", "[ice]") {
  PairNomination nomination;
  nomination.request(7);
  CHECK(nomination.is_requested());
  CHECK_FALSE(nomination.is_pending());
  nomination.confirm();
  CHECK(nomination.is_requested());
  CHECK(nomination.is_nominated());
}

// The peer may use the pair, whatever became of it here.
TEST_CASE("a pair that was given up keeps the value of its nomination", "[ice]") {
  PairNomination nomination;
  nomination.request(7);
  nomination.confirm();
  nomination.withdraw();
  CHECK_FALSE(nomination.is_requested());
  CHECK_FALSE(nomination.is_nominated());
  CHECK(nomination.value() == 7);
}

TEST_CASE("a change of roles ends what is not confirmed", "[ice]") {
  PairNomination nomination;
  nomination.begin(1);
  nomination.confirm();
  nomination.begin(2);
  nomination.reset();
  CHECK_FALSE(nomination.is_pending());
  CHECK(nomination.is_nominated());
  CHECK(nomination.value() == 0);
}
