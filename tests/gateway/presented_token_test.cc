// Tokens as clients present them: from where, and for what.
#include <catch2/catch_test_macros.hpp>

#include "floe/rooms/access_control.h"
#include "minted.h"

using namespace floe;
using namespace floe::rooms;
using gateway::test::kSecret;
using gateway::test::minted;
using gateway::test::some_claims;
using token::Refusal;

namespace {

const IpAddress kHome = IpAddress::v4(198, 51, 100, 7);
const IpAddress kAway = IpAddress::v4(203, 0, 113, 9);

struct Desk {
  AccessControl access_control{Access{.secret = kSecret}};

  /// Nothing when it is admitted.
  std::optional<Refusal> refusal(const token::Claims& claims, const Visitor& visitor,
                                 std::string_view room = "lab") {
    const auto grant = access_control.admit_to_room(room, minted(claims), visitor, unix_now());
    return grant ? std::nullopt : std::optional(grant.error());
  }
};

}  // namespace

TEST_CASE("a token opens the rooms that it names", "[gateway]") {
  Desk desk;
  token::Claims claims = some_claims();
  CHECK_FALSE(desk.refusal(claims, {kHome, ""}));
  claims.grant.rooms = {"lab"};
  CHECK_FALSE(desk.refusal(claims, {kHome, ""}));
  CHECK(desk.refusal(claims, {kHome, ""}, "hall") == Refusal::wrong_room);
  claims.grant.rooms.clear();
  CHECK(desk.refusal(claims, {kHome, ""}) == Refusal::wrong_room);
}

TEST_CASE("who sends no Origin needs a token for programs", "[gateway]") {
  Desk desk;
  token::Claims claims = some_claims();
  claims.grant.native = false;
  CHECK(desk.refusal(claims, {kHome, ""}) == Refusal::not_native);
  CHECK_FALSE(desk.refusal(claims, {kHome, "https://page.example"}));
}

TEST_CASE("a token may be for some pages alone", "[gateway]") {
  Desk desk;
  token::Claims claims = some_claims();
  claims.grant.origins = {"https://page.example", "https://*.lab.example"};
  CHECK_FALSE(desk.refusal(claims, {kHome, "https://page.example"}));
  CHECK_FALSE(desk.refusal(claims, {kHome, "https://a.lab.example"}));
  CHECK(desk.refusal(claims, {kHome, "http://page.example"}) == Refusal::wrong_origin);
  CHECK(desk.refusal(claims, {kHome, "null"}) == Refusal::wrong_origin);
  CHECK_FALSE(desk.refusal(claims, {kHome, ""}));  // a program, which may come in
}

TEST_CASE("a token that leaked does not work elsewhere", "[gateway]") {
  Desk desk;
  token::Claims claims = some_claims();
  claims.grant.id = "7f";
  CHECK_FALSE(desk.refusal(claims, {kHome, ""}));
  CHECK_FALSE(desk.refusal(claims, {kHome, ""}));
  CHECK(desk.refusal(claims, {kAway, ""}) == Refusal::other_network);
  // A token that was refused for another reason is not used.
  token::Claims other = some_claims();
  other.grant.id = "80";
  other.grant.origins = {"https://page.example"};
  CHECK(desk.refusal(other, {kAway, "https://evil.example"}) == Refusal::wrong_origin);
  CHECK_FALSE(desk.refusal(other, {kHome, "https://page.example"}));
}

TEST_CASE("a token must be used soon after it was made", "[gateway]") {
  Desk desk;
  token::Claims claims = some_claims(3600);
  claims.issued_at = unix_now() - 601;
  CHECK(desk.refusal(claims, {kHome, ""}) == Refusal::opened_too_late);
  AccessControl patient({.secret = kSecret, .open_seconds_max = 900});
  CHECK(patient.admit(minted(claims), {kHome, ""}, unix_now()));
}

TEST_CASE("the secret is changed while the gateway runs", "[gateway]") {
  AccessControl access_control({.secret = kSecret});
  const auto admits = [&](const char* secret) {
    return bool(access_control.admit(minted(some_claims(), secret), {kHome, ""}, unix_now()));
  };
  CHECK(admits(kSecret));
  access_control.reload({.secret = "fedcba9876543210", .previous_secret = kSecret});
  CHECK(admits("fedcba9876543210"));
  CHECK(admits(kSecret));
  access_control.reload({.secret = "fedcba9876543210"});
  CHECK(admits("fedcba9876543210"));
  CHECK_FALSE(admits(kSecret));
}

TEST_CASE("the secret is no token unless the operator says so", "[gateway]") {
  AccessControl strict({.secret = kSecret});
  CHECK_FALSE(strict.admit(kSecret, {kHome, ""}, unix_now()));
  AccessControl lenient({.secret = kSecret, .secret_is_token = true});
  CHECK(lenient.admit(kSecret, {kHome, ""}, unix_now()));
  CHECK_FALSE(lenient.admit("0123456789abcde", {kHome, ""}, unix_now()));
  CHECK_FALSE(lenient.admit("", {kHome, ""}, unix_now()));
}

TEST_CASE("in development everybody is admitted", "[gateway]") {
  AccessControl access_control({.open = true});
  const auto grant = access_control.admit_to_room("lab", "", {kHome, ""}, unix_now());
  REQUIRE(grant);
  CHECK_FALSE(grant->is_expired(unix_now() + 1'000'000));
}
