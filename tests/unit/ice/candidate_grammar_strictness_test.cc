// What the grammar of RFC 8839, section 5.1, does not allow although it looks harmless: a line is
// passed on to others, who may read it differently.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/ice/candidate_grammar.h"
#include "ice/string_makers.h"

using namespace floe::ice;

TEST_CASE("a transport is a token of RFC 3261", "[ice]") {
  const std::string transport = GENERATE("u/dp", "udp,tcp", "(udp)", "udp;x", "\"udp\"", "u=p");
  const auto line = parse_candidate_line("candidate:1 1 " + transport + " 1 192.0.2.1 5 typ host");
  INFO(transport);
  REQUIRE_FALSE(line);
  CHECK(line.error() == CandidateError::bad_transport);
}

TEST_CASE("no control character gets through in an extension", "[ice]") {
  // Whoever puts the line into SDP would write a second one.
  const std::string extension =
      GENERATE("x a\r\na=ice-pwd:stolen", "x\n y", "x \x7f", "x \x01", "ufrag a\tb");
  CHECK_FALSE(parse_candidate_line("candidate:1 1 udp 1 192.0.2.1 5 typ host " + extension));
}

TEST_CASE("an empty foundation is not skipped over", "[ice]") {
  const auto line = parse_candidate_line("candidate: 1 1 udp 1 192.0.2.1 5 typ host");
  REQUIRE_FALSE(line);
  CHECK(line.error() == CandidateError::bad_foundation);
}
