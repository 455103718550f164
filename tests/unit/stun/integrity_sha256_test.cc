#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/integrity.h"
#include "floe/stun/message_builder.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

const std::unique_ptr<HmacSha1> kSha1 = MbedtlsCrypto().hmac_sha1(as_bytes("password"));
const std::unique_ptr<HmacSha256> kSha256 = MbedtlsCrypto().hmac_sha256(as_bytes("password"));

template <class Key>
IntegrityCheck check(const RawMessage& raw, const Key& key, std::size_t size_min = 32) {
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  if constexpr (std::is_same_v<Key, HmacSha256>) {
    return check_integrity(*message, key, size_min);
  } else {
    return check_integrity(*message, key);
  }
}

std::string username_of(const RawMessage& raw) {
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  const auto username = message->get<Username>();
  return username ? std::string(username->text) : "none";
}

}  // namespace

TEST_CASE("a message is valid under its SHA-256 key and under no other", "[stun]") {
  const RawMessage raw = RawMessage().text(0x0006, "a:b").integrity(*kSha256);
  CHECK(check(raw, *kSha256) == IntegrityCheck::valid);
  CHECK(check(raw, *MbedtlsCrypto().hmac_sha256(as_bytes("Password"))) == IntegrityCheck::wrong);
  CHECK(check(raw, *kSha1) == IntegrityCheck::absent);
  CHECK(check(RawMessage(), *kSha256) == IntegrityCheck::absent);
}

TEST_CASE("a MAC may be cut only where that is allowed", "[stun]") {
  for (std::size_t size = 16; size <= 32; size += 4) {
    const RawMessage raw = RawMessage().text(0x0006, "a:b").integrity(*kSha256, size);
    for (std::size_t size_min = 16; size_min <= 32; size_min += 4) {
      CHECK(check(raw, *kSha256, size_min) ==
            (size >= size_min ? IntegrityCheck::valid : IntegrityCheck::wrong));
    }
  }
}

// What is covered includes the length, so cutting a MAC on the way makes it wrong.
TEST_CASE("a MAC that somebody else cut is wrong", "[stun]") {
  const RawMessage whole = RawMessage().text(0x0006, "a:b").integrity(*kSha256);
  const RawMessage cut =
      RawMessage().text(0x0006, "a:b").attribute(0x001c, Bytes(whole.bytes()).last(32).first(16));
  CHECK(check(cut, *kSha256, 16) == IntegrityCheck::wrong);
}

TEST_CASE("a message may have both MACs, that by SHA-1 first", "[stun]") {
  const RawMessage raw = RawMessage().text(0x0006, "a:b").integrity(*kSha1).integrity(*kSha256);
  CHECK(check(raw, *kSha1) == IntegrityCheck::valid);
  CHECK(check(raw, *kSha256) == IntegrityCheck::valid);
  CHECK(check(RawMessage(raw).fingerprint(), *kSha256) == IntegrityCheck::valid);
}

TEST_CASE("after MESSAGE-INTEGRITY-SHA256 only FINGERPRINT is read", "[stun]") {
  const RawMessage raw = RawMessage().integrity(*kSha256).text(0x0006, "a:b").integrity(*kSha1);
  CHECK(username_of(raw) == "none");
  CHECK(check(raw, *kSha1) == IntegrityCheck::absent);
  CHECK(check(raw, *kSha256) == IntegrityCheck::valid);
}

TEST_CASE("between the two MACs nothing is read, and the second covers it", "[stun]") {
  const RawMessage raw = RawMessage().integrity(*kSha1).text(0x0006, "a:b").integrity(*kSha256);
  CHECK(username_of(raw) == "none");
  CHECK(check(raw, *kSha1) == IntegrityCheck::valid);
  CHECK(check(raw, *kSha256) == IntegrityCheck::valid);
}

TEST_CASE("of two MESSAGE-INTEGRITY-SHA256 the first counts", "[stun]") {
  const auto other = MbedtlsCrypto().hmac_sha256(as_bytes("other"));
  const RawMessage raw = RawMessage().integrity(*kSha256).integrity(*other);
  CHECK(check(raw, *kSha256) == IntegrityCheck::valid);
  CHECK(check(raw, *other) == IntegrityCheck::wrong);
}

TEST_CASE("the builder signs by SHA-256 as others do, in full and cut", "[stun]") {
  for (std::size_t size = 16; size <= 32; size += 4) {
    std::array<std::uint8_t, 256> buffer;
    const TransactionId id{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    const auto bytes = MessageBuilder(buffer, Class::request, Method::binding, id)
                           .add(Username{"a:b"})
                           .add_message_integrity(*kSha1)
                           .add_message_integrity(*kSha256, size)
                           .add_fingerprint()
                           .finish();
    REQUIRE(bytes);
    const RawMessage raw =
        RawMessage().text(0x0006, "a:b").integrity(*kSha1).integrity(*kSha256, size).fingerprint();
    CHECK(to_hex(*bytes) == to_hex(raw.bytes()));
  }
}
