#include "floe/stun/long_term_authenticator.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/realm_server.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

constexpr Timestamp kNow{100h};
constexpr const char* kList = "0002000000010000";

MbedtlsCrypto crypto;

/// A request as a client would send it, each part of which a test may leave out or get wrong.
struct Request {
  std::string username = "alice";
  std::string password = "secret";
  std::string realm = "example.org";
  std::string nonce = {};
  std::string list = kList;
  std::string algorithm = "00020000";
  PasswordHash hash = PasswordHash::sha256;
  bool signs_by_sha256 = true;

  ByteVector bytes() const {
    RawMessage raw;
    if (!username.empty()) raw.text(0x0006, username);
    if (!realm.empty()) raw.text(0x0014, realm);
    if (!nonce.empty()) raw.text(0x0015, nonce);
    if (!list.empty()) raw.attribute(0x8002, list);
    if (!algorithm.empty()) raw.attribute(0x001d, algorithm);
    const ByteVector key = long_term_key(crypto, hash, username, "example.org", password);
    if (signs_by_sha256) return raw.integrity(*crypto.hmac_sha256(key)).bytes();
    return raw.integrity(*crypto.hmac_sha1(key)).bytes();
  }
};

/// As clients did before RFC 8489.
Request old_request(const std::string& nonce) {
  return {.nonce = nonce,
          .list = "",
          .algorithm = "",
          .hash = PasswordHash::md5,
          .signs_by_sha256 = false};
}

}  // namespace

TEST_CASE("a request without credentials is challenged", "[stun][credentials]") {
  RealmServer server;
  const auto answer = server.ask(kNow, RawMessage().bytes());
  REQUIRE(answer);
  CHECK(answer->get<ErrorCode>()->code == kUnauthenticated);
  CHECK(answer->get<Realm>()->text == "example.org");
  CHECK(read_nonce_cookie(answer->get<Nonce>()->text) == SecurityFeatures{true, false});
  CHECK(to_hex(answer->get<PasswordAlgorithms>()->list) == kList);
  CHECK_FALSE(answer->has(AttributeType::username));
  CHECK_FALSE(answer->has_integrity());
  CHECK_FALSE(answer->has_integrity_sha256());
}

TEST_CASE("a challenge fits what the shortest request allows", "[stun][credentials]") {
  const std::size_t size = GENERATE(1u, 11u, 31u, 32u);
  RealmServer server({.realm = std::string(size, 'r')});
  CHECK(server.error_of(kNow, RawMessage().bytes()) == kUnauthenticated);
  RealmServer other({.realm = std::string(kRealmSizeForAnyRequest + 1, 'r')});
  CHECK_FALSE(other.ask(kNow, RawMessage().bytes()));
  CHECK(other.error_of(kNow, RawMessage().text(0x8022, "a longer request").bytes()) ==
        kUnauthenticated);
}

TEST_CASE("who knows the password is answered under the same key", "[stun][credentials]") {
  RealmServer server;
  const Request request{.nonce = server.nonce(kNow, RawMessage().bytes())};
  const auto answer = server.ask(kNow, request.bytes());
  REQUIRE(answer);
  CHECK(answer->message_class() == Class::success);
  const ByteVector key =
      long_term_key(crypto, PasswordHash::sha256, "alice", "example.org", "secret");
  CHECK(check_integrity(*answer, *crypto.hmac_sha256(key)) == IntegrityCheck::valid);
  CHECK_FALSE(answer->has(AttributeType::username));
}

TEST_CASE("a client from before RFC 8489 is answered as it asks", "[stun][credentials]") {
  RealmServer server;
  const auto answer =
      server.ask(kNow, old_request(server.nonce(kNow, RawMessage().bytes())).bytes());
  REQUIRE(answer);
  CHECK(answer->message_class() == Class::success);
  const ByteVector key = long_term_key(crypto, PasswordHash::md5, "alice", "example.org", "secret");
  CHECK(check_integrity(*answer, *crypto.hmac_sha1(key)) == IntegrityCheck::valid);
}

TEST_CASE("a server that wants SHA-256 takes no MD5", "[stun][credentials]") {
  RealmServer server({.realm = "example.org", .algorithms = {PasswordHash::sha256}});
  const std::string nonce = server.nonce(kNow, RawMessage().bytes());
  CHECK(server.error_of(kNow, old_request(nonce).bytes()) == kBadRequest);
  CHECK(server.error_of(kNow, Request{.nonce = nonce, .list = "00020000"}.bytes()) == 0);
}

TEST_CASE("wrong credentials are challenged again", "[stun][credentials]") {
  RealmServer server;
  const std::string nonce = server.nonce(kNow, RawMessage().bytes());
  const auto error_of = [&](Request request) {
    request.nonce = nonce;
    return server.error_of(kNow, request.bytes());
  };
  CHECK(error_of({}) == 0);
  CHECK(error_of({.username = "bob"}) == kUnauthenticated);
  CHECK(error_of({.username = std::string(508, 'x')}) == kUnauthenticated);
  CHECK(error_of({.password = "Secret"}) == kUnauthenticated);
  CHECK(error_of({.password = ""}) == kUnauthenticated);
  CHECK(error_of({.realm = "example.com"}) == kUnauthenticated);
}

// A user whom nobody knows must not be let in by the empty password that is tried for them.
TEST_CASE("an unknown user with an empty password is not let in", "[stun][credentials]") {
  RealmServer server;
  const std::string nonce = server.nonce(kNow, RawMessage().bytes());
  CHECK(server.error_of(kNow, Request{.username = "bob", .password = "", .nonce = nonce}.bytes()) ==
        kUnauthenticated);
}

TEST_CASE("a signed request without name, realm or nonce is a bad one", "[stun][credentials]") {
  RealmServer server;
  const std::string nonce = server.nonce(kNow, RawMessage().bytes());
  CHECK(server.error_of(kNow, Request{.username = "", .nonce = nonce}.bytes()) == kBadRequest);
  CHECK(server.error_of(kNow, Request{.realm = "", .nonce = nonce}.bytes()) == kBadRequest);
  CHECK(server.error_of(kNow, Request{.nonce = ""}.bytes()) == kBadRequest);
}

TEST_CASE("what was offered must come back as it was", "[stun][credentials]") {
  RealmServer server;
  const std::string nonce = server.nonce(kNow, RawMessage().bytes());
  const auto error_of = [&](Request request) {
    request.nonce = nonce;
    return server.error_of(kNow, request.bytes());
  };
  CHECK(error_of({.list = ""}) == kBadRequest);
  CHECK(error_of({.algorithm = ""}) == kBadRequest);
  CHECK(error_of({.list = "00010000"}) == kBadRequest);
  CHECK(error_of({.list = "0001000000020000"}) == kBadRequest);
  CHECK(error_of({.algorithm = "00030000"}) == kBadRequest);
  CHECK(error_of({.signs_by_sha256 = false}) == kBadRequest);
}

TEST_CASE("an old nonce is stale, and the answer is signed", "[stun][credentials]") {
  RealmServer server;
  const Request request{.nonce = server.nonce(kNow, RawMessage().bytes())};
  const auto answer = server.ask(kNow + kNonceLifetime + 1s, request.bytes());
  REQUIRE(answer);
  CHECK(answer->get<ErrorCode>()->code == kStaleNonce);
  CHECK(answer->get<Nonce>()->text != request.nonce);
  CHECK(answer->get<Realm>()->text == "example.org");
  const ByteVector key =
      long_term_key(crypto, PasswordHash::sha256, "alice", "example.org", "secret");
  CHECK(check_integrity(*answer, *crypto.hmac_sha256(key)) == IntegrityCheck::valid);
}

TEST_CASE("a nonce of somebody else's is stale", "[stun][credentials]") {
  RealmServer server;
  const Request request{.nonce = server.nonce(kNow, RawMessage().bytes())};
  server.source.port = 4711;
  CHECK(server.error_of(kNow, request.bytes()) == kStaleNonce);
  CHECK(server.error_of(kNow, Request{.nonce = "guessed"}.bytes()) == kStaleNonce);
}

TEST_CASE("a stale nonce says nothing about a wrong password", "[stun][credentials]") {
  RealmServer server;
  const Request request{.password = "wrong", .nonce = server.nonce(kNow, RawMessage().bytes())};
  CHECK(server.error_of(kNow + 2h, request.bytes()) == kUnauthenticated);
}

TEST_CASE("users may hide behind their hash where that is offered", "[stun][credentials]") {
  const bool offered = GENERATE(false, true);
  RealmServer server({.realm = "example.org", .offers_userhash = offered});
  const std::string nonce = server.nonce(kNow, RawMessage().bytes());
  CHECK(read_nonce_cookie(nonce)->username_anonymity == offered);
  const Userhash userhash = userhash_of(crypto, "alice", "example.org");
  const ByteVector key =
      long_term_key(crypto, PasswordHash::sha256, "alice", "example.org", "secret");
  RawMessage raw = RawMessage()
                       .attribute(0x001e, Bytes(userhash.value))
                       .text(0x0014, "example.org")
                       .text(0x0015, nonce)
                       .attribute(0x8002, kList)
                       .attribute(0x001d, "00020000")
                       .integrity(*crypto.hmac_sha256(key));
  CHECK(server.error_of(kNow, raw.bytes()) == (offered ? 0 : kUnauthenticated));
}

TEST_CASE("unknown attributes are named only to who may ask", "[stun][credentials]") {
  RealmServer server;
  CHECK(server.error_of(kNow, RawMessage().attribute(0x7001, "").bytes()) == kUnauthenticated);
}
