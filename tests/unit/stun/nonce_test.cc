// Nonces: what their cookie says, and which the issuer takes.
#include <catch2/catch_test_macros.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/nonce_cookie.h"
#include "floe/stun/nonce_issuer.h"

using namespace floe;
using namespace floe::stun;

namespace {

using Check = NonceIssuer::Check;

constexpr Timestamp kNow{100h};
const TransportAddress kClient = *TransportAddress::parse("192.0.2.1:32853");
constexpr SecurityFeatures kBoth{true, true};

MbedtlsCrypto crypto;

NonceIssuer issuer(std::string_view key = "a key that is secret",
                   const SecurityFeatures& features = kBoth) {
  return NonceIssuer(crypto, as_bytes(key), features, 10min);
}

std::string cookie_of(const SecurityFeatures& features) {
  const auto cookie = write_nonce_cookie(features);
  return {cookie.begin(), cookie.end()};
}

std::string text(const IssuedNonce& nonce) {
  return {nonce.begin(), nonce.end()};
}

}  // namespace

TEST_CASE("a nonce's cookie says what its server can do", "[stun][credentials]") {
  CHECK(cookie_of({}) == "obMatJos2AAAA");
  CHECK(cookie_of({true, false}) == "obMatJos2gAAA");
  CHECK(cookie_of({false, true}) == "obMatJos2QAAA");
  CHECK(cookie_of(kBoth) == "obMatJos2wAAA");
  for (const bool algorithms : {false, true}) {
    for (const bool anonymity : {false, true}) {
      const SecurityFeatures features{algorithms, anonymity};
      CHECK(read_nonce_cookie(cookie_of(features) + "the rest") == features);
    }
  }
}

TEST_CASE("bits that nobody has assigned are ignored", "[stun][credentials]") {
  CHECK(read_nonce_cookie("obMatJos2P///") == SecurityFeatures{});
  CHECK(read_nonce_cookie("obMatJos2////") == kBoth);
}

TEST_CASE("what is no cookie is none", "[stun][credentials]") {
  for (const char* nonce : {"", "obMatJos", "obMatJos2", "obMatJos2gAA", "obMatJos2gA=A",
                            "obmatjos2gAAA", "f//499k954d6OL34oL9FSTvy64sA"}) {
    CHECK_FALSE(read_nonce_cookie(nonce));
  }
}

TEST_CASE("a nonce is taken from whom it was given to, until it is too old",
          "[stun][credentials]") {
  const NonceIssuer nonces = issuer();
  const std::string nonce = text(nonces.issue(kNow, kClient));
  CHECK(read_nonce_cookie(nonce) == kBoth);
  CHECK(nonces.check(kNow, kClient, nonce) == Check::valid);
  CHECK(nonces.check(kNow + 10min, kClient, nonce) == Check::valid);
  CHECK(nonces.check(kNow + 10min + 1s, kClient, nonce) == Check::expired);
  CHECK(nonces.check(kNow + 1000h, kClient, nonce) == Check::expired);
  CHECK(nonces.check(kNow - 1s, kClient, nonce) == Check::expired);

  CHECK(nonces.check(kNow, *TransportAddress::parse("192.0.2.2:32853"), nonce) == Check::foreign);
  CHECK(nonces.check(kNow, *TransportAddress::parse("192.0.2.1:32854"), nonce) == Check::foreign);
}

TEST_CASE("a nonce with any character changed is not taken", "[stun][credentials]") {
  const NonceIssuer nonces = issuer();
  const std::string nonce = text(nonces.issue(kNow, kClient));
  for (std::size_t i = 0; i < nonce.size(); ++i) {
    std::string other = nonce;
    other[i] = other[i] == 'A' ? 'B' : 'A';
    CHECK(nonces.check(kNow, kClient, other) == Check::foreign);
  }
  CHECK(nonces.check(kNow, kClient, nonce + "A") == Check::foreign);
  CHECK(nonces.check(kNow, kClient, nonce.substr(1)) == Check::foreign);
  CHECK(nonces.check(kNow, kClient, "") == Check::foreign);
}

TEST_CASE("servers with the same key take each other's nonces", "[stun][credentials]") {
  const std::string nonce = text(issuer().issue(kNow, kClient));
  CHECK(issuer().check(kNow, kClient, nonce) == Check::valid);
  CHECK(issuer("another key, also secret").check(kNow, kClient, nonce) == Check::foreign);
  // One that offered something else would not know what it offered.
  CHECK(issuer("a key that is secret", {true, false}).check(kNow, kClient, nonce) ==
        Check::foreign);
}
