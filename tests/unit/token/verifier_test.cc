#include "floe/token/verifier.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/wire/base64.h"
#include "token/jwt.h"

using namespace floe;
using namespace floe::token;
using namespace floe::token::test;

namespace {

/// As text, so that a failure says what was wrong.
std::string outcome(const Verifier& verifier, std::string_view token, std::int64_t now = kNow) {
  const auto verified = verifier.verify(token, now);
  return std::string(verified ? "good" : to_text(verified.error()));
}
std::string text(Refusal refusal) {
  return std::string(to_text(refusal));
}

std::string claims_with(std::string_view more) {
  return R"({"aud":"floe-gateway","iat":1000000,"exp":1000300)" + std::string(more) + "}";
}

struct World {
  MbedtlsCrypto crypto;
  Verifier verifier{crypto, {.secrets = {std::string(kSecret), "an older secret"}}};
  Key key{crypto, kSecret};
  Key older{crypto, "an older secret"};
  std::string sign(std::string_view header, std::string_view claims) const {
    return sign_jwt(key, header, claims);
  }
  std::string sign(std::string_view claims) const { return sign(kHeader, claims); }
};

}  // namespace

TEST_CASE("a token that another implementation made is read", "[token]") {
  const World world;
  const auto verified = world.verifier.verify(kForeignToken, kNow);
  REQUIRE(verified);
  const Grant& grant = verified->grant;
  CHECK(grant.subject == "alice");
  CHECK(grant.id == "7f");
  CHECK(grant.expires_at == 1'000'300);
  CHECK(grant.rooms == std::vector<std::string>{"lab"});
  CHECK(grant.max_sockets == 4);
  CHECK(grant.consent == ConsentRule::ice);
  REQUIRE(grant.allow.size() == 1);
  CHECK(grant.allow[0].to_text() == "198.51.100.0/24");
  CHECK_FALSE(grant.max_bps);
  CHECK_FALSE(grant.native);
  CHECK(verified->opens_until == 1'000'600);
}

TEST_CASE("the id of a key is what others can compute", "[token]") {
  CHECK(World().key.id() == "e1d46299");
}

TEST_CASE("a flipped bit anywhere spoils a token", "[token]") {
  const World world;
  const std::string token(kForeignToken);
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (unsigned bit = 0; bit < 7; ++bit) {
      std::string forged = token;
      forged[i] = static_cast<char>(forged[i] ^ (1 << bit));
      INFO(forged);
      REQUIRE_FALSE(world.verifier.verify(forged, kNow));
    }
  }
}

TEST_CASE("no other algorithm is accepted, nor none", "[token]") {
  const World world;
  const std::string header =
      GENERATE(R"({"alg":"none"})", R"({"alg":"None"})", R"({"alg":"HS512"})", R"({"alg":"hs256"})",
               R"({"alg":"RS256"})", R"({})", R"({"alg":null})", R"({"alg":["HS256"]})",
               R"({"alg":"HS256","crit":["exp"]})", R"({"alg":"HS256","typ":"at+jwt"})");
  INFO(header);
  const std::string token = world.sign(header, claims_with(""));
  CHECK(outcome(world.verifier, token) == text(Refusal::algorithm));
  // Also without a signature, which is how `none` comes.
  CHECK(outcome(world.verifier, token.substr(0, token.rfind('.') + 1)) == text(Refusal::algorithm));
}

TEST_CASE("a token without its signature is refused", "[token]") {
  const World world;
  const std::string token = world.sign(claims_with(""));
  CHECK(outcome(world.verifier, token) == "good");
  CHECK(outcome(world.verifier, token.substr(0, token.rfind('.') + 1)) ==
        text(Refusal::bad_signature));
  CHECK(outcome(world.verifier, token.substr(0, token.rfind('.'))) == text(Refusal::malformed));
  CHECK(outcome(world.verifier, token.substr(0, token.size() - 1)) == text(Refusal::bad_signature));
  CHECK(outcome(world.verifier, token + ".") == text(Refusal::malformed));
  CHECK(outcome(world.verifier, token + "=") == text(Refusal::bad_signature));
}

TEST_CASE("what is no token is refused without harm", "[token]") {
  const World world;
  CHECK(outcome(world.verifier, "") == text(Refusal::missing));
  const std::string token =
      GENERATE(as<std::string>(), "x", ".", "..", "...", "a.b.c", "e30.e30.", "\xff\xfe",
               std::string(4097, 'a'), std::string(4096, '.'), ":", "::", "5:", "5:u", ":u:m",
               "x:u:m", "-5:u:m", "99999999999999:u:m", std::string("a\0b", 3));
  INFO(token);
  CHECK_FALSE(world.verifier.verify(token, kNow));
}

TEST_CASE("a header of the greatest length is read, a longer one is not", "[token]") {
  const World world;
  const auto header = [](std::size_t size) {
    const std::string begin = R"({"alg":"HS256","x":")";
    return begin + std::string(size - begin.size() - 2, 'x') + R"("})";
  };
  CHECK(outcome(world.verifier, world.sign(header(kHeaderSizeMax), claims_with(""))) == "good");
  CHECK(outcome(world.verifier, world.sign(header(kHeaderSizeMax + 1), claims_with(""))) ==
        text(Refusal::malformed));
}

TEST_CASE("both keys count while the secret changes, each under its own id", "[token]") {
  const World world;
  const auto header = [](const Key& named) {
    return R"({"alg":"HS256","kid":")" + named.id() + R"("})";
  };
  const std::string claims = claims_with("");
  CHECK(outcome(world.verifier, sign_jwt(world.key, header(world.key), claims)) == "good");
  CHECK(outcome(world.verifier, sign_jwt(world.older, header(world.older), claims)) == "good");
  CHECK(outcome(world.verifier, sign_jwt(world.older, kHeader, claims)) == "good");
  CHECK(outcome(world.verifier, sign_jwt(world.older, header(world.key), claims)) ==
        text(Refusal::bad_signature));
  const Key gone(const_cast<MbedtlsCrypto&>(world.crypto), "the oldest secret");
  CHECK(outcome(world.verifier, sign_jwt(gone, header(gone), claims)) ==
        text(Refusal::unknown_key));
  CHECK(outcome(world.verifier, sign_jwt(gone, kHeader, claims)) == text(Refusal::bad_signature));
}

TEST_CASE("a gateway without a secret accepts nothing", "[token]") {
  MbedtlsCrypto crypto;
  const Verifier verifier(crypto, {.secrets = {"", ""}, .secret_is_token = true});
  CHECK(outcome(verifier, sign_jwt(Key(crypto, ""), kHeader, claims_with(""))) ==
        text(Refusal::bad_signature));
  CHECK(outcome(verifier, "") == text(Refusal::missing));
}

TEST_CASE("a token is for its audience, which it must name", "[token]") {
  const World world;
  const auto with = [&](std::string_view audience) {
    return outcome(world.verifier,
                   world.sign(R"({"iat":1000000,"exp":1000300)" + std::string(audience) + "}"));
  };
  CHECK(with(R"(,"aud":"floe-gateway")") == "good");
  CHECK(with(R"(,"aud":["shop","floe-gateway"])") == "good");
  CHECK(with(R"(,"aud":"shop")") == text(Refusal::wrong_audience));
  CHECK(with(R"(,"aud":"floe-gateway2")") == text(Refusal::wrong_audience));
  CHECK(with(R"(,"aud":[])") == text(Refusal::wrong_audience));
  CHECK(with("") == text(Refusal::wrong_audience));
  CHECK(with(R"(,"aud":7)") == text(Refusal::bad_claims));
}

TEST_CASE("a token counts from its beginning to its end", "[token]") {
  const World world;
  const std::string token =
      world.sign(R"({"aud":"floe-gateway","iat":1000000,"nbf":1000100,"exp":1000300})");
  CHECK(outcome(world.verifier, token, 1'000'069) == text(Refusal::not_yet_valid));
  CHECK(outcome(world.verifier, token, 1'000'070) == "good");
  CHECK(outcome(world.verifier, token, 1'000'299) == "good");
  CHECK(outcome(world.verifier, token, 1'000'300) == text(Refusal::expired));
  CHECK(world.verifier.verify(token, 1'000'200)->opens_until == 1'000'700);
}

TEST_CASE("a token may not live for ever", "[token]") {
  const World world;
  const auto with = [&](std::string_view times) {
    return outcome(world.verifier,
                   world.sign(R"({"aud":"floe-gateway",)" + std::string(times) + "}"));
  };
  CHECK(with(R"("iat":1000000,"exp":1086400)") == "good");
  CHECK(with(R"("iat":1000000,"exp":1086401)") == text(Refusal::lives_too_long));
  CHECK(with(R"("exp":1000600)") == "good");
  CHECK(with(R"("exp":1000601)") == text(Refusal::lives_too_long));
  CHECK(with(R"("exp":1000300.75)") == "good");
  CHECK(with(R"("exp":99999999999)") == text(Refusal::lives_too_long));
  CHECK(with(R"("iat":1000000)") == text(Refusal::bad_claims));
  CHECK(with(R"("exp":"1000300")") == text(Refusal::bad_claims));
  CHECK(with(R"("exp":1e9)") == text(Refusal::bad_claims));
  CHECK(with(R"("exp":-1)") == text(Refusal::bad_claims));
  CHECK(with(R"("exp":100000000000)") == text(Refusal::bad_claims));
}

TEST_CASE("a claim of another type, or beyond its limit, spoils a token", "[token]") {
  const World world;
  const std::string claim =
      GENERATE(R"("sub":7)", R"("sub":"")", R"("sub":"a\nb")", R"("jti":["x"])",
               R"("room":["a","b"])", R"("rooms":"")", R"("rooms":[7])", R"("max_sockets":0)",
               R"("max_sockets":65536)", R"("max_sockets":1.5)", R"("max_bps":-1)",
               R"("max_sessions":4294967296)", R"("consent":"none")", R"("consent":true)",
               R"("allow":[])", R"("allow":["10.0.0.1/8"])", R"("allow":["all"])",
               R"("origins":[])", R"("native":"yes")", R"("multi":1)", R"("sub":"a","sub":"b")");
  INFO(claim);
  CHECK(outcome(world.verifier, world.sign(claims_with("," + claim))) == text(Refusal::bad_claims));
}

TEST_CASE("a password for TURN opens tunnels and no room", "[token]") {
  const World world;
  const auto verified = world.verifier.verify(kForeignPassword, kNow);
  REQUIRE(verified);
  CHECK(verified->grant.subject == "alice");
  CHECK(verified->grant.expires_at == 1'000'300);
  CHECK_FALSE(verified->grant.admits_room("lab"));
  CHECK(outcome(world.verifier, kForeignPassword, 1'000'300) == text(Refusal::expired));
  CHECK(outcome(world.verifier, kForeignPassword, 1'000'300 - 86'401) ==
        text(Refusal::lives_too_long));
  std::string other(kForeignPassword);
  other.replace(8, 5, "alicf");
  CHECK(outcome(world.verifier, other) == text(Refusal::bad_signature));
}

TEST_CASE("a password for TURN without a user is nobody's", "[token]") {
  const World world;
  for (const std::string name : {"1000300", "1000300:"}) {
    const std::string mac = encode_base64(world.key.sign_with_sha1(name));
    CHECK(outcome(world.verifier, name + ":" + mac) == text(Refusal::malformed));
  }
}

TEST_CASE("the secret itself is a token only where the operator says so", "[token]") {
  World world;
  CHECK_FALSE(world.verifier.verify(kSecret, kNow));
  const Verifier lenient(world.crypto,
                         {.secrets = {std::string(kSecret)}, .secret_is_token = true});
  const auto verified = lenient.verify(kSecret, kNow);
  REQUIRE(verified);
  CHECK(verified->grant.admits_room("anything"));
  CHECK(verified->grant.native);
  CHECK(outcome(lenient, std::string(kSecret) + "x") == text(Refusal::not_the_secret));
  CHECK(outcome(lenient, world.sign(claims_with("")) + "x") == text(Refusal::bad_signature));
}

TEST_CASE("every refusal has a text that fits into an ERROR record", "[token]") {
  for (int i = 0; i <= static_cast<int>(Refusal::gateway_full); ++i) {
    const std::string_view words = to_text(static_cast<Refusal>(i));
    CAPTURE(words);
    CHECK_FALSE(words.empty());
    CHECK(words.size() <= 200);
  }
}

TEST_CASE("what is minted is read again", "[token]") {
  const World world;
  Claims claims;
  claims.issued_at = kNow;
  claims.not_before = kNow + 1;
  claims.audience = {"floe-gateway", "another"};
  claims.grant = {.subject = "bob \"b\"",
                  .id = "id",
                  .expires_at = kNow + 60,
                  .rooms = {"lab", "hall"},
                  .max_sockets = 3,
                  .max_bps = 1'000'000,
                  .max_sessions = 2,
                  .consent = ConsentRule::allowlist,
                  .allow = {*Prefix::parse("2001:db8::/32"), *Prefix::parse("192.0.2.1")},
                  .origins = {"https://a.example"},
                  .ice_servers = {"stun:stun.example.org"},
                  .native = true,
                  .multi = true};
  CHECK(read_claims(write_claims(claims)) == claims);
  const auto verified = world.verifier.verify(mint(world.key, claims), kNow);
  REQUIRE(verified);
  CHECK(verified->grant == claims.grant);
}
