#include "floe/stun/long_term_client.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/catch_tostring.hpp>
#include <set>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "long_term_key.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

template <>
struct Catch::StringMaker<ResponseVerdict> {
  static std::string convert(ResponseVerdict verdict) {
    constexpr const char* kNames[] = {"accepted", "retry", "ignored", "refused"};
    return kNames[static_cast<std::size_t>(verdict)];
  }
};

template <>
struct Catch::StringMaker<Refusal> {
  static std::string convert(Refusal refusal) { return std::string(to_text(refusal)); }
};

namespace {

MbedtlsCrypto crypto;

constexpr const char* kOldNonce = "f//499k954d6OL34oL9FSTvy64sA";
constexpr const char* kList = "0002000000010000";

/// A client, the request that it would sign now, and what it thinks of answers to that.
struct Client {
  explicit Client(LongTermCredentials credentials = {"alice", "secret"})
      : machine(crypto, std::move(credentials)) {}

  MessageView sign(Attempt& of) {
    MessageBuilder builder(buffer, Class::request, Method::binding, {});
    machine.sign(builder, of);
    const auto bytes = builder.finish();
    REQUIRE(bytes);
    const auto message = MessageView::parse(*bytes);
    REQUIRE(message);
    return *message;
  }
  MessageView sign() { return sign(attempt); }

  ResponseVerdict hear(const RawMessage& response, Attempt& of) {
    const auto message = MessageView::parse(response.bytes());
    REQUIRE(message);
    return machine.judge(*message, of);
  }
  ResponseVerdict hear(const RawMessage& response) { return hear(response, attempt); }

  LongTermClient machine;
  Attempt attempt;
  std::array<std::uint8_t, 4096> buffer{};
};

RawMessage error(std::string_view code) {
  return RawMessage(0x0111).attribute(0x0009, code);
}

constexpr const char* k401 = "00000401";
constexpr const char* k438 = "00000426";

RawMessage challenge(std::string_view code, std::string_view realm = "example.org",
                     std::string_view nonce = kOldNonce, std::string_view list = {}) {
  RawMessage raw = error(code);
  if (!realm.empty()) raw.text(0x0014, realm);
  if (!nonce.empty()) raw.text(0x0015, nonce);
  if (!list.empty()) raw.attribute(0x8002, list);
  return raw;
}

std::unique_ptr<HmacSha1> old_key(std::string_view realm = "example.org") {
  return crypto.hmac_sha1(long_term_key(crypto, PasswordHash::md5, "alice", realm, "secret"));
}

}  // namespace

TEST_CASE("before a challenge nothing is signed, and everything is taken", "[stun][credentials]") {
  Client client;
  CHECK(client.sign().bytes().size() == kHeaderSize);
  CHECK(client.hear(RawMessage(0x0101)) == ResponseVerdict::accepted);
  CHECK(client.hear(error("00000414")) == ResponseVerdict::accepted);
}

TEST_CASE("a challenge of before RFC 8489 is met by MD5 and SHA-1", "[stun][credentials]") {
  Client client;
  client.sign();
  REQUIRE(client.hear(challenge(k401)) == ResponseVerdict::retry);
  const MessageView request = client.sign();
  CHECK(request.get<Username>()->text == "alice");
  CHECK(request.get<Realm>()->text == "example.org");
  CHECK(request.get<Nonce>()->text == kOldNonce);
  CHECK_FALSE(request.has(AttributeType::password_algorithm));
  CHECK_FALSE(request.has(AttributeType::password_algorithms));
  CHECK_FALSE(request.has_integrity_sha256());
  CHECK(check_integrity(request, *old_key()) == IntegrityCheck::valid);
}

TEST_CASE("a challenge with a list is met by its first algorithm and SHA-256",
          "[stun][credentials]") {
  for (const auto& [list, hash] : {std::pair{"0002000000010000", PasswordHash::sha256},
                                   std::pair{"0001000000020000", PasswordHash::md5},
                                   std::pair{"7fff000000010000", PasswordHash::md5}}) {
    Client client;
    client.sign();
    REQUIRE(client.hear(challenge(k401, "example.org", "obMatJos2gAAAxyz", list)) ==
            ResponseVerdict::retry);
    const MessageView request = client.sign();
    CHECK(to_hex(request.get<PasswordAlgorithms>()->list) == list);
    CHECK(request.get<PasswordAlgorithm>()->hash == hash);
    CHECK_FALSE(request.has_integrity());
    const ByteVector key = long_term_key(crypto, hash, "alice", "example.org", "secret");
    CHECK(check_integrity(request, *crypto.hmac_sha256(key)) == IntegrityCheck::valid);
  }
}

TEST_CASE("the user hides where the nonce says so", "[stun][credentials]") {
  Client client;
  client.sign();
  REQUIRE(client.hear(challenge(k401, "example.org", "obMatJos2wAAAxyz", kList)) ==
          ResponseVerdict::retry);
  const MessageView request = client.sign();
  CHECK_FALSE(request.has(AttributeType::username));
  CHECK(request.get<Userhash>()->value == userhash_of(crypto, "alice", "example.org").value);
}

TEST_CASE("a removed list is noticed", "[stun][credentials]") {
  for (const char* code : {k401, k438}) {
    Client client;
    client.sign();
    CHECK(client.hear(challenge(code, "example.org", "obMatJos2gAAAxyz")) ==
          ResponseVerdict::refused);
    CHECK(client.attempt.refusal == Refusal::bid_down);
  }
}

TEST_CASE("a list of strange algorithms is not answered", "[stun][credentials]") {
  Client client;
  client.sign();
  CHECK(client.hear(challenge(k401, "example.org", "obMatJos2gAAAxyz", "7fff0000")) ==
        ResponseVerdict::refused);
  CHECK(client.attempt.refusal == Refusal::no_common_algorithm);
}

TEST_CASE("a challenge without its parts is not answered", "[stun][credentials]") {
  for (const RawMessage& broken :
       {challenge(k401, ""), challenge(k401, "example.org", ""), challenge(k438, ""),
        challenge(k401, "example.org", "obMatJos2gAAAxyz", "00020004")}) {
    Client client;
    client.sign();
    CHECK(client.hear(broken) == ResponseVerdict::refused);
    CHECK(client.attempt.refusal == Refusal::bad_challenge);
  }
}

TEST_CASE("a second 401 in the same realm means that the password is wrong",
          "[stun][credentials]") {
  Client client;
  client.sign();
  REQUIRE(client.hear(challenge(k401)) == ResponseVerdict::retry);
  client.sign();
  CHECK(client.hear(challenge(k401, "example.org", "another nonce")) == ResponseVerdict::refused);
  CHECK(client.attempt.refusal == Refusal::wrong_credentials);
}

TEST_CASE("another realm makes another key", "[stun][credentials]") {
  Client client;
  client.sign();
  REQUIRE(client.hear(challenge(k401)) == ResponseVerdict::retry);
  client.sign();
  REQUIRE(client.hear(challenge(k401, "example.com")) == ResponseVerdict::retry);
  CHECK(check_integrity(client.sign(), *old_key("example.com")) == IntegrityCheck::valid);
  CHECK(client.machine.realm() == "example.com");
}

TEST_CASE("a stale nonce is replaced, signed or not, with its realm or without",
          "[stun][credentials]") {
  for (const char* realm : {"example.org", ""}) {
    Client client;
    client.sign();
    REQUIRE(client.hear(challenge(k401)) == ResponseVerdict::retry);
    client.sign();
    REQUIRE(client.hear(challenge(k438, realm, "fresh")) == ResponseVerdict::retry);
    const MessageView request = client.sign();
    CHECK(request.get<Nonce>()->text == "fresh");
    CHECK(check_integrity(request, *old_key()) == IntegrityCheck::valid);
  }
}

// A counter that is kept for the session ends it after some hours of refreshes.
TEST_CASE("nonces may go stale as often as they like, though not for one request",
          "[stun][credentials]") {
  Client client;
  client.sign();
  REQUIRE(client.hear(challenge(k401)) == ResponseVerdict::retry);
  for (int round = 0; round < 100; ++round) {
    Attempt attempt;
    client.sign(attempt);
    REQUIRE(client.hear(challenge(k438), attempt) == ResponseVerdict::retry);
    client.sign(attempt);
    REQUIRE(client.hear(RawMessage(0x0101).integrity(*old_key()), attempt) ==
            ResponseVerdict::accepted);
  }
  Attempt attempt;
  for (int round = 0; round < kChallengesMax; ++round) {
    client.sign(attempt);
    REQUIRE(client.hear(challenge(k438), attempt) == ResponseVerdict::retry);
  }
  client.sign(attempt);
  CHECK(client.hear(challenge(k438), attempt) == ResponseVerdict::refused);
  CHECK(attempt.refusal == Refusal::too_many_challenges);
}

TEST_CASE("what was challenged while another learnt the key is tried with it",
          "[stun][credentials]") {
  Client client;
  Attempt first;
  Attempt second;
  client.sign(first);
  client.sign(second);
  REQUIRE(client.hear(challenge(k401), first) == ResponseVerdict::retry);
  REQUIRE(client.hear(challenge(k401), second) == ResponseVerdict::retry);
  client.sign(second);
  CHECK(client.hear(challenge(k401), second) == ResponseVerdict::refused);
}

TEST_CASE("an answer to a signed request must be signed", "[stun][credentials]") {
  Client client;
  client.sign();
  REQUIRE(client.hear(challenge(k401)) == ResponseVerdict::retry);
  client.sign();
  CHECK(client.hear(RawMessage(0x0101)) == ResponseVerdict::ignored);
  CHECK(client.attempt.integrity_was_violated());
  CHECK(client.hear(error("00000400")) == ResponseVerdict::ignored);
  CHECK(client.hear(RawMessage(0x0101).integrity(*old_key("elsewhere"))) ==
        ResponseVerdict::ignored);
  CHECK(client.hear(RawMessage(0x0101).integrity(*old_key())) == ResponseVerdict::accepted);
  CHECK(client.hear(error("00000403").integrity(*old_key())) == ResponseVerdict::accepted);
}

// RFC 8489, section 9.2.5, takes a MAC of either kind. Some servers offer the stronger, and use the
// weaker.
TEST_CASE("an answer by the weaker MAC does if its key is one that the server offered",
          "[stun][credentials]") {
  const auto offered = [](std::string_view list, PasswordHash of_answer,
                          std::string_view password) {
    Client client;
    client.sign();
    REQUIRE(client.hear(challenge(k401, "example.org", "obMatJos2gAAAxyz", list)) ==
            ResponseVerdict::retry);
    client.sign();
    const auto key =
        crypto.hmac_sha1(long_term_key(crypto, of_answer, "alice", "example.org", password));
    const ResponseVerdict verdict = client.hear(RawMessage(0x0101).integrity(*key));
    // Later requests stay as they were.
    CHECK(client.sign().has_integrity_sha256());
    CHECK_FALSE(client.sign().has_integrity());
    return verdict;
  };
  constexpr const char* kSha256 = "00020000";
  constexpr const char* kBoth = "0002000000010000";
  CHECK(offered(kBoth, PasswordHash::sha256, "secret") == ResponseVerdict::accepted);
  CHECK(offered(kBoth, PasswordHash::md5, "secret") == ResponseVerdict::accepted);
  CHECK(offered(kSha256, PasswordHash::sha256, "secret") == ResponseVerdict::accepted);
  CHECK(offered(kSha256, PasswordHash::md5, "secret") == ResponseVerdict::ignored);
  CHECK(offered(kBoth, PasswordHash::md5, "guess") == ResponseVerdict::ignored);
}

TEST_CASE("a realm may be empty, but not missing", "[stun][credentials]") {
  for (const bool is_new : {false, true}) {
    Client client;
    client.sign();
    RawMessage asks = challenge(k401, "", "obMatJos2gAAAxyz", is_new ? kList : "");
    if (!is_new) asks = challenge(k401, "");
    REQUIRE(client.hear(asks.text(0x0014, "")) == ResponseVerdict::retry);
    const MessageView request = client.sign();
    REQUIRE(request.get<Realm>());
    CHECK(request.get<Realm>()->text.empty());
    const PasswordHash hash = is_new ? PasswordHash::sha256 : PasswordHash::md5;
    const ByteVector key = long_term_key(crypto, hash, "alice", "", "secret");
    CHECK((is_new ? check_integrity(request, *crypto.hmac_sha256(key))
                  : check_integrity(request, *crypto.hmac_sha1(key))) == IntegrityCheck::valid);
    CHECK(client.hear(challenge(k401, "").text(0x0014, "")) == ResponseVerdict::refused);
    CHECK(client.attempt.refusal == Refusal::wrong_credentials);
  }
}

TEST_CASE("who has no credentials says so", "[stun][credentials]") {
  Client client({"", ""});
  client.sign();
  CHECK(client.hear(challenge(k401)) == ResponseVerdict::refused);
  CHECK(client.attempt.refusal == Refusal::no_credentials);
}

TEST_CASE("texts that cannot be hashed alike are refused", "[stun][credentials]") {
  for (const auto& [username, password, realm] :
       {std::tuple{"al\nice", "secret", "example.org"}, std::tuple{"alice", "", "example.org"},
        std::tuple{"alice", "\xff", "example.org"}, std::tuple{"alice", "secret", "\x01"}}) {
    Client client({username, password});
    client.sign();
    CHECK(client.hear(challenge(k401, realm)) == ResponseVerdict::refused);
    CHECK(client.attempt.refusal == Refusal::text_not_allowed);
    CHECK(client.sign().bytes().size() == kHeaderSize);
  }
}

TEST_CASE("a very long name works as a hash and is refused as a name", "[stun][credentials]") {
  Client plain({std::string(509, 'n'), "secret"});
  plain.sign();
  CHECK(plain.hear(challenge(k401)) == ResponseVerdict::refused);
  CHECK(plain.attempt.refusal == Refusal::username_too_long);
  CHECK(plain.sign().bytes().size() == kHeaderSize);

  Client hidden({std::string(100000, 'n'), "secret"});
  hidden.sign();
  REQUIRE(hidden.hear(challenge(k401, "example.org", "obMatJos2wAAAxyz", kList)) ==
          ResponseVerdict::retry);
  CHECK(hidden.sign().has(AttributeType::userhash));

  Client longest({std::string(508, 'n'), "secret"});
  longest.sign();
  REQUIRE(longest.hear(challenge(k401)) == ResponseVerdict::retry);
  CHECK(longest.sign().get<Username>()->text.size() == 508);
}

TEST_CASE("other credentials help where the user is at fault, not the server",
          "[stun][credentials]") {
  CHECK(is_about_credentials(Refusal::wrong_credentials));
  CHECK(is_about_credentials(Refusal::no_credentials));
  CHECK_FALSE(is_about_credentials(Refusal::bad_challenge));
  CHECK_FALSE(is_about_credentials(Refusal::bid_down));
}

TEST_CASE("every refusal has a text of its own", "[stun][credentials]") {
  std::set<std::string_view> texts;
  for (int i = 0; i <= static_cast<int>(Refusal::too_long); ++i) {
    CHECK(texts.insert(to_text(static_cast<Refusal>(i))).second);
  }
}
