#include "floe/ice/foundation.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "floe/ice/limits.h"
#include "ice/string_makers.h"
#include "local_candidates.h"

using namespace floe;
using namespace floe::ice;

namespace {

TransportAddress address(const char* text) {
  return *TransportAddress::parse(text);
}

}  // namespace

TEST_CASE("a foundation is 1 to 32 visible characters", "[ice]") {
  const std::string text =
      GENERATE("1", "abcXYZ019+/", "a-b", "a=_", "a:b", "12345678901234567890123456789012");
  const auto foundation = Foundation::parse(text);
  REQUIRE(foundation);
  CHECK(foundation->text() == text);
}

TEST_CASE("what is no foundation is refused", "[ice]") {
  const std::string text =
      GENERATE("", "123456789012345678901234567890123", "a b", "\xc3\xa4", "a\n", "a\x7f");
  CAPTURE(text);
  CHECK_FALSE(Foundation::parse(text));
  CHECK_FALSE(Foundation::parse(std::string(1, '\0')));
}

TEST_CASE("foundations are equal when their text is", "[ice]") {
  CHECK(Foundation::parse("abc") == Foundation::parse("abc"));
  CHECK(Foundation::parse("abc") != Foundation::parse("abcd"));
  CHECK(Foundation::parse("abc") != Foundation::parse("ABC"));
}

// RFC 8445, section 5.1.1.3, in both directions.
TEST_CASE("candidates of one type and base address share a foundation", "[ice]") {
  LocalCandidates locals;
  const auto first = locals.add_host({1, address("192.0.2.1:1000"), 65535});
  const auto same_ip = locals.add_host({2, address("192.0.2.1:1001"), 65535});
  REQUIRE(first);
  REQUIRE(same_ip);
  CHECK(locals.at(*first).foundation == locals.at(*same_ip).foundation);
}

TEST_CASE("candidates of another base address or type have another foundation", "[ice]") {
  LocalCandidates locals;
  const auto host = locals.add_host({1, address("192.0.2.1:1000"), 65535});
  const auto other_ip = locals.add_host({1, address("192.0.2.2:1000"), 65534});
  const auto ipv6 = locals.add_host({1, address("[2001:db8::1]:1000"), 65533});
  REQUIRE(host);
  const auto reflexive =
      locals.add_peer_reflexive(locals.at(*host), address("203.0.113.1:9"), 1000);
  REQUIRE(other_ip);
  REQUIRE(ipv6);
  REQUIRE(reflexive);
  CHECK(locals.at(*host).foundation != locals.at(*other_ip).foundation);
  CHECK(locals.at(*host).foundation != locals.at(*ipv6).foundation);
  CHECK(locals.at(*host).foundation != locals.at(*reflexive).foundation);
  CHECK(locals.at(*other_ip).foundation != locals.at(*reflexive).foundation);
}

TEST_CASE("a host candidate is its own base, a reflexive one has the socket's", "[ice]") {
  LocalCandidates locals;
  const auto host = locals.add_host({2, address("192.0.2.1:1000"), 5});
  REQUIRE(host);
  CHECK(locals.at(*host).address == address("192.0.2.1:1000"));
  CHECK(locals.at(*host).base == address("192.0.2.1:1000"));
  CHECK_FALSE(locals.at(*host).related);
  CHECK(locals.at(*host).component == 2);

  const auto reflexive =
      locals.add_peer_reflexive(locals.at(*host), address("203.0.113.1:9"), 0x6e000000);
  REQUIRE(reflexive);
  CHECK(locals.at(*reflexive).type == CandidateType::peer_reflexive);
  CHECK(locals.at(*reflexive).address == address("203.0.113.1:9"));
  CHECK(locals.at(*reflexive).base == address("192.0.2.1:1000"));
  CHECK(locals.at(*reflexive).priority == 0x6e000000);
  CHECK(locals.at(*reflexive).component == 2);
}

TEST_CASE("redundant local candidates are refused", "[ice]") {
  LocalCandidates locals;
  const auto host = locals.add_host({1, address("192.0.2.1:1000"), 65535});
  REQUIRE(host);
  CHECK_FALSE(locals.add_host({1, address("192.0.2.1:1000"), 1}));
  const Candidate base = locals.at(*host);
  CHECK(locals.add_peer_reflexive(base, address("203.0.113.1:9"), 1));
  CHECK_FALSE(locals.add_peer_reflexive(base, address("203.0.113.1:9"), 2));
  CHECK(locals.all().size() == 2);
}

TEST_CASE("the same mapped address at another base is no redundancy", "[ice]") {
  LocalCandidates locals;
  const auto one = locals.add_host({1, address("192.0.2.1:1000"), 65535});
  const auto two = locals.add_host({1, address("192.0.2.2:1000"), 65534});
  const Candidate first = locals.at(*one);
  const Candidate second = locals.at(*two);
  CHECK(locals.add_peer_reflexive(first, address("203.0.113.1:9"), 1));
  CHECK(locals.add_peer_reflexive(second, address("203.0.113.1:9"), 1));
}

TEST_CASE("there are at most kLocalCandidatesMax local candidates", "[ice]") {
  LocalCandidates locals;
  TransportAddress base = address("192.0.2.1:1000");
  for (std::size_t i = 0; i < kLocalCandidatesMax; ++i, ++base.port) {
    REQUIRE(locals.add_host({1, base, 65535}));
  }
  CHECK_FALSE(locals.add_host({1, base, 65535}));
  const Candidate first = locals.all().front();
  CHECK_FALSE(locals.add_peer_reflexive(first, address("203.0.113.1:9"), 1));
  CHECK(locals.all().size() == kLocalCandidatesMax);
}
