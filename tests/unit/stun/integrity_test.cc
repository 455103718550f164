#include "floe/stun/integrity.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "stun/raw_message.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using floe::testing::RawMessage;

namespace {

const std::unique_ptr<HmacSha1> kKey = MbedtlsCrypto().hmac_sha1(as_bytes("password"));

IntegrityCheck check(const RawMessage& raw, const HmacSha1& key) {
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  return check_integrity(*message, key);
}

}  // namespace

TEST_CASE("a message is valid under its key and under no other", "[stun]") {
  const RawMessage raw = RawMessage().text(0x0006, "a:b").integrity(*kKey);
  CHECK(check(raw, *kKey) == IntegrityCheck::valid);
  for (const std::string_view other : {"", "passwor", "password1", "Password", "passworD"}) {
    CHECK(check(raw, *MbedtlsCrypto().hmac_sha1(as_bytes(other))) == IntegrityCheck::wrong);
  }
}

TEST_CASE("a message without MESSAGE-INTEGRITY is told from one with a wrong one", "[stun]") {
  CHECK(check(RawMessage(), *kKey) == IntegrityCheck::absent);
  CHECK(check(RawMessage().fingerprint(), *kKey) == IntegrityCheck::absent);
  const ByteVector zeros(20);
  CHECK(check(RawMessage().attribute(0x0008, Bytes(zeros)), *kKey) == IntegrityCheck::wrong);
}

TEST_CASE("what follows does not change whether the message is valid", "[stun]") {
  RawMessage raw = RawMessage().text(0x0006, "a:b").integrity(*kKey);
  CHECK(check(RawMessage(raw).fingerprint(), *kKey) == IntegrityCheck::valid);
  CHECK(check(RawMessage(raw).text(0x8022, "appended"), *kKey) == IntegrityCheck::valid);
  CHECK(check(RawMessage(raw).text(0x8022, "appended").fingerprint(), *kKey) ==
        IntegrityCheck::valid);
}

TEST_CASE("what comes before is covered: attributes, their order, header and id", "[stun]") {
  const RawMessage signed_message =
      RawMessage().text(0x0006, "a:b").attribute(0x0024, "6e7f00ff").integrity(*kKey);
  const ByteVector& bytes = signed_message.bytes();
  const Bytes mac = Bytes(bytes).last(kIntegritySize);
  const auto with_mac = [&](RawMessage raw) { return raw.attribute(0x0008, mac); };

  CHECK(check(with_mac(RawMessage().text(0x0006, "a:b").attribute(0x0024, "6e7f00ff")), *kKey) ==
        IntegrityCheck::valid);
  CHECK(check(with_mac(RawMessage().text(0x0006, "a:b")), *kKey) == IntegrityCheck::wrong);
  CHECK(check(with_mac(RawMessage().attribute(0x0024, "6e7f00ff").text(0x0006, "a:b")), *kKey) ==
        IntegrityCheck::wrong);
  CHECK(check(with_mac(RawMessage(0x0101).text(0x0006, "a:b").attribute(0x0024, "6e7f00ff")),
              *kKey) == IntegrityCheck::wrong);
  CHECK(check(with_mac(RawMessage(0x0001, "010102030405060708090a0b")
                           .text(0x0006, "a:b")
                           .attribute(0x0024, "6e7f00ff")),
              *kKey) == IntegrityCheck::wrong);
}

TEST_CASE("padding is covered, too", "[stun]") {
  const RawMessage zeros = RawMessage().attribute(0x0006, as_bytes("a:b"), 0).integrity(*kKey);
  const RawMessage spaces = RawMessage().attribute(0x0006, as_bytes("a:b"), ' ').integrity(*kKey);
  CHECK(check(zeros, *kKey) == IntegrityCheck::valid);
  CHECK(check(spaces, *kKey) == IntegrityCheck::valid);
  CHECK(zeros.bytes() != spaces.bytes());
}

TEST_CASE("the MAC is computed as if the message ended with it", "[stun]") {
  const RawMessage alone = RawMessage().text(0x0006, "a:b").integrity(*kKey);
  const RawMessage longer = RawMessage(alone).text(0x8022, "more").fingerprint();
  const auto message = MessageView::parse(longer.bytes());
  REQUIRE(message);
  const Sha1Digest digest = compute_integrity(longer.bytes(), message->integrity_offset(), *kKey);
  CHECK(equal(digest, Bytes(alone.bytes()).last(kIntegritySize)));
}
