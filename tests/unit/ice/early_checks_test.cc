#include "early_checks.h"

#include <catch2/catch_test_macros.hpp>

#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

HeardCheck from_port(unsigned port, const char* ufrag = "abcd", bool use_candidate = false) {
  const TransportAddress base{IpAddress::v4(192, 0, 2, 1), 1};
  const TransportAddress source{IpAddress::v4(198, 51, 100, 1), static_cast<std::uint16_t>(port)};
  return {{base, source}, ufrag, 100, use_candidate, 0, Timestamp{}};
}

}  // namespace

TEST_CASE("early checks are given back in order, once", "[ice]") {
  EarlyChecks early;
  CHECK(early.remember(from_port(2)));
  CHECK(early.remember(from_port(1)));
  const auto checks = early.release();
  REQUIRE(checks.size() == 2);
  CHECK(checks[0].path.remote.port == 2);
  CHECK(checks[1].path.remote.port == 1);
  CHECK(early.release().empty());
}

TEST_CASE("a repeated early check is one, and remembers a nomination", "[ice]") {
  EarlyChecks early;
  CHECK(early.remember(from_port(1)));
  CHECK(early.remember(from_port(1, "abcd", true)));
  CHECK(early.remember(from_port(1)));
  CHECK(early.remember(from_port(1, "other")));
  const auto checks = early.release();
  REQUIRE(checks.size() == 2);
  CHECK(checks[0].use_candidate);
  CHECK_FALSE(checks[1].use_candidate);
}

TEST_CASE("there are at most kEarlyChecksMax early checks", "[ice]") {
  EarlyChecks early;
  for (unsigned i = 0; i < kEarlyChecksMax; ++i) REQUIRE(early.remember(from_port(i)));
  CHECK_FALSE(early.remember(from_port(1000)));
  CHECK(early.remember(from_port(0, "abcd", true)));
  CHECK(early.release().size() == kEarlyChecksMax);
}

TEST_CASE("an early check that nominates is kept longest", "[ice]") {
  EarlyChecks early;
  HeardCheck nominating = from_port(1, "abcd", true);
  nominating.priority = 1;
  REQUIRE(early.remember(nominating));
  for (unsigned i = 2; i <= kEarlyChecksMax; ++i) REQUIRE(early.remember(from_port(i)));
  CHECK_FALSE(early.remember(from_port(kEarlyChecksMax + 1)));
  CHECK(early.release().front().use_candidate);
}
