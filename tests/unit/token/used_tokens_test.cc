#include "floe/token/used_tokens.h"

#include <catch2/catch_test_macros.hpp>

using namespace floe;
using namespace floe::token;

namespace {

const IpAddress kHome = IpAddress::v4(198, 51, 100, 7);
const IpAddress kNextDoor = IpAddress::v4(198, 51, 100, 200);
const IpAddress kAway = IpAddress::v4(203, 0, 113, 9);
const IpAddress kHomeV6 = *IpAddress::parse("2001:db8:1::7");
const IpAddress kAwayV6 = *IpAddress::parse("2001:db8:2::7");

VerifiedToken one(std::string id, std::int64_t expires_at = 5000) {
  VerifiedToken verified;
  verified.grant.id = std::move(id);
  verified.grant.expires_at = expires_at;
  verified.opens_until = 600;
  return verified;
}

}  // namespace

TEST_CASE("a token comes back from its network, and from no other", "[token]") {
  UsedTokens used;
  CHECK_FALSE(used.use(one("a"), kHome, 0));
  CHECK_FALSE(used.use(one("a"), kHome, 1));
  CHECK_FALSE(used.use(one("a"), kNextDoor, 2));
  CHECK(used.use(one("a"), kAway, 3) == Refusal::other_network);
  CHECK_FALSE(used.use(one("b"), kAway, 4));
}

TEST_CASE("a client has a network of each family", "[token]") {
  UsedTokens used;
  CHECK_FALSE(used.use(one("a"), kHome, 0));
  CHECK_FALSE(used.use(one("a"), kHomeV6, 0));
  CHECK(used.use(one("a"), kAwayV6, 0) == Refusal::other_network);
  CHECK(used.use(one("a"), kAway, 0) == Refusal::other_network);
}

TEST_CASE("a token with `multi` comes from anywhere", "[token]") {
  UsedTokens used;
  VerifiedToken roaming = one("a");
  roaming.grant.multi = true;
  CHECK_FALSE(used.use(roaming, kHome, 0));
  CHECK_FALSE(used.use(roaming, kAway, 0));
}

TEST_CASE("a first use has its time, a later one has the token's", "[token]") {
  UsedTokens used;
  CHECK(used.use(one("late"), kHome, 601) == Refusal::opened_too_late);
  CHECK_FALSE(used.use(one("a"), kHome, 600));
  CHECK_FALSE(used.use(one("a"), kHome, 4999));
  // Without an id, each use is a first one.
  CHECK_FALSE(used.use(one(""), kHome, 600));
  CHECK(used.use(one(""), kHome, 601) == Refusal::opened_too_late);
}

TEST_CASE("tokens are forgotten when they expire, and when there are too many", "[token]") {
  UsedTokens used(3);
  for (const char* id : {"a", "b", "c"}) CHECK_FALSE(used.use(one(id, 1000), kHome, 0));
  CHECK_FALSE(used.use(one("d", 2000), kHome, 0));
  CHECK(used.size() == 3);
  CHECK(used.use(one("c", 1000), kAway, 0) == Refusal::other_network);
  CHECK_FALSE(used.use(one("a", 1000), kAway, 0));  // forgotten, so this is its first use
  VerifiedToken last = one("e", 9000);
  last.opens_until = 9000;
  CHECK_FALSE(used.use(last, kHome, 2000));
  CHECK(used.size() == 1);
}
