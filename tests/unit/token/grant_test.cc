#include "floe/token/grant.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/types/neighbourhood.h"

using namespace floe;
using namespace floe::token;

namespace {

IpAddress ip(std::string_view text) {
  return *IpAddress::parse(text);
}

}  // namespace

TEST_CASE("a grant admits to the rooms that it names, or to all", "[token]") {
  Grant grant;
  CHECK_FALSE(grant.admits_room("lab"));
  grant.rooms = {"lab", "hall"};
  CHECK(grant.admits_room("hall"));
  CHECK_FALSE(grant.admits_room("hal"));
  CHECK_FALSE(grant.admits_room("Hall"));
  grant.rooms = {"*"};
  CHECK(grant.admits_room("anything"));
  grant.rooms = {"h*"};
  CHECK_FALSE(grant.admits_room("hall"));
}

TEST_CASE("a grant ends in the second of its expiry", "[token]") {
  Grant grant;
  grant.expires_at = 1000;
  CHECK_FALSE(grant.is_expired(999));
  CHECK(grant.is_expired(1000));
  CHECK_FALSE(Grant{}.is_expired(4'000'000'000));
}

TEST_CASE("rules of consent survive text", "[token]") {
  const auto rule = GENERATE(ConsentRule::ice, ConsentRule::any, ConsentRule::allowlist);
  CHECK(parse_consent_rule(to_text(rule)) == rule);
  CHECK_FALSE(parse_consent_rule("ICE"));
  CHECK_FALSE(parse_consent_rule(""));
}

TEST_CASE("blocks of addresses are read strictly", "[token]") {
  const std::string text = GENERATE("0.0.0.0/0", "198.51.100.0/24", "192.0.2.7/32", "10.128.0.0/9",
                                    "::/0", "2001:db8::/32", "2001:db8:8000::/33");
  const auto prefix = Prefix::parse(text);
  REQUIRE(prefix);
  CHECK(prefix->to_text() == text);
}

TEST_CASE("what is no block of addresses is refused", "[token]") {
  const std::string text = GENERATE("", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.1/8",
                                    "10.0.0.0/ 8", "10.0.0.0/-1", "10.0.0.0/8/8", "2001:db8::/129",
                                    "2001:db8::1/64", "localhost/8", "10.64.0.0/9");
  INFO(text);
  CHECK_FALSE(Prefix::parse(text));
}

TEST_CASE("a block has the addresses that begin like it", "[token]") {
  const Prefix nine = *Prefix::parse("10.128.0.0/9");
  CHECK(nine.contains(ip("10.128.0.0")));
  CHECK(nine.contains(ip("10.255.255.255")));
  CHECK_FALSE(nine.contains(ip("10.127.255.255")));
  CHECK_FALSE(nine.contains(ip("::10.200.0.1")));
  CHECK(Prefix::parse("192.0.2.7")->contains(ip("192.0.2.7")));
  CHECK_FALSE(Prefix::parse("192.0.2.7")->contains(ip("192.0.2.6")));
  CHECK(Prefix::parse("2001:db8:8000::/33")->contains(ip("2001:db8:ffff::1")));
  CHECK_FALSE(Prefix::parse("2001:db8:8000::/33")->contains(ip("2001:db8:7fff::1")));
}

TEST_CASE("neighbours share a /24 or a /48", "[token]") {
  CHECK(neighbourhood_of(ip("198.51.100.7")) == neighbourhood_of(ip("198.51.100.255")));
  CHECK(neighbourhood_of(ip("198.51.100.7")) != neighbourhood_of(ip("198.51.101.7")));
  CHECK(neighbourhood_of(ip("2001:db8:1:2::3")) == neighbourhood_of(ip("2001:db8:1:ffff::")));
  CHECK(neighbourhood_of(ip("2001:db8:1:2::3")) != neighbourhood_of(ip("2001:db8:2:2::3")));
}
