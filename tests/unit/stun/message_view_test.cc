#include "floe/stun/message_view.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/integrity.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using floe::testing::from_hex;
using floe::testing::RawMessage;

namespace {

std::vector<std::uint16_t> unknown_types(const MessageView& message) {
  const auto types = message.unknown_types();
  return {types.begin(), types.end()};
}

const std::unique_ptr<HmacSha1> kKey = MbedtlsCrypto().hmac_sha1(as_bytes("password"));

}  // namespace

TEST_CASE("a header alone is a message", "[stun]") {
  const RawMessage raw(0x0111, "a1a2a3a4a5a6a7a8a9aaabac");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK(message->message_class() == Class::error);
  CHECK(message->method() == Method::binding);
  CHECK(testing::to_hex(message->transaction_id()) == "a1a2a3a4a5a6a7a8a9aaabac");
  CHECK_FALSE(message->has_fingerprint());
  CHECK_FALSE(message->has_integrity());
  CHECK(message->unknown_types().empty());
  CHECK(message->bytes().data() == raw.bytes().data());
}

TEST_CASE("requests, responses and indications are told apart", "[stun]") {
  const auto is = [](std::uint16_t type) {
    const RawMessage raw(type);
    const auto message = MessageView::parse(raw.bytes());
    REQUIRE(message);
    return std::pair{message->is_request(), message->is_response()};
  };
  CHECK(is(0x0001) == std::pair{true, false});
  CHECK(is(0x0011) == std::pair{false, false});
  CHECK(is(0x0101) == std::pair{false, true});
  CHECK(is(0x0111) == std::pair{false, true});
}

TEST_CASE("a message that does not start at an even address is read", "[stun]") {
  const ByteVector message = RawMessage().attribute(0x0024, "6e7f00ff").fingerprint().bytes();
  for (std::size_t shift = 1; shift < 8; ++shift) {
    ByteVector shifted(shift);
    shifted.insert(shifted.end(), message.begin(), message.end());
    const auto view = MessageView::parse(Bytes(shifted).subspan(shift));
    REQUIRE(view);
    REQUIRE(view->get<Priority>());
    CHECK(view->get<Priority>()->value == 0x6e7f00ff);
  }
}

TEST_CASE("of an attribute that occurs twice the first counts", "[stun]") {
  const RawMessage raw = RawMessage()
                             .attribute(0x0024, "00000001")
                             .text(0x0006, "first")
                             .attribute(0x0024, "00000002")
                             .text(0x0006, "second");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK(message->get<Priority>()->value == 1);
  CHECK(message->get<Username>()->text == "first");
}

TEST_CASE("of two MESSAGE-INTEGRITY the first counts", "[stun]") {
  const auto wrong_key = MbedtlsCrypto().hmac_sha1(as_bytes("another"));
  const RawMessage good = RawMessage().integrity(*kKey).integrity(*wrong_key);
  const auto message = MessageView::parse(good.bytes());
  REQUIRE(message);
  CHECK(message->integrity_offset() == kHeaderSize);
  CHECK(check_integrity(*message, *kKey) == IntegrityCheck::valid);

  const RawMessage bad = RawMessage().integrity(*wrong_key).integrity(*kKey);
  const auto other = MessageView::parse(bad.bytes());
  REQUIRE(other);
  CHECK(check_integrity(*other, *kKey) == IntegrityCheck::wrong);
}

// RFC 8489, section 14.5: with the exception of MESSAGE-INTEGRITY-SHA256 and FINGERPRINT, what
// follows MESSAGE-INTEGRITY is ignored: whoever forwards the message can put it there.
TEST_CASE("what follows MESSAGE-INTEGRITY is as if it were not there", "[stun]") {
  const RawMessage raw = RawMessage()
                             .text(0x0006, "a:b")
                             .integrity(*kKey)
                             .attribute(0x0024, "6e7f00ff")
                             .attribute(0x0025, "")
                             .text(0x0006, "c:d")
                             .attribute(0x7777, "00000000")
                             .fingerprint();
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK(message->get<Username>()->text == "a:b");
  CHECK_FALSE(message->has(AttributeType::priority));
  CHECK_FALSE(message->has(AttributeType::use_candidate));
  CHECK(message->get<Priority>().error() == AttributeError::absent);
  // It must not get an answer of its own either.
  CHECK(message->unknown_types().empty());
  CHECK(message->has_fingerprint());
  CHECK(check_integrity(*message, *kKey) == IntegrityCheck::valid);
}

TEST_CASE("a malformed attribute after MESSAGE-INTEGRITY does no harm", "[stun]") {
  const RawMessage raw =
      RawMessage().integrity(*kKey).attribute(0x0008, "0102").attribute(0x0024, "01");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK(check_integrity(*message, *kKey) == IntegrityCheck::valid);
}

TEST_CASE("unknown types that must be understood are kept in order", "[stun]") {
  const RawMessage raw = RawMessage()
                             .attribute(0x7ffe, "")
                             .attribute(0xc057, "0001")  // optional
                             .attribute(0x0024, "6e7f00ff")
                             .attribute(0x0002, "00000000")
                             .attribute(0x8000, "");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK(unknown_types(*message) == std::vector<std::uint16_t>{0x7ffe, 0x0002});
}

// RFC 5389, section 12.1, which RFC 8489 keeps.
TEST_CASE("an answer may have what RFC 3489 left behind, a request may not", "[stun]") {
  const auto type = GENERATE(as<std::uint16_t>{}, 0x0002, 0x0004, 0x0005, 0x000b);
  CAPTURE(type);
  for (const std::uint16_t answer : {std::uint16_t{0x0101}, std::uint16_t{0x0111}}) {
    const RawMessage raw = RawMessage(answer).attribute(type, "0001138cc0000201");
    const auto message = MessageView::parse(raw.bytes());
    REQUIRE(message);
    CHECK(message->unknown_types().empty());
  }
  for (const std::uint16_t other : {std::uint16_t{0x0001}, std::uint16_t{0x0011}}) {
    const RawMessage raw = RawMessage(other).attribute(type, "0001138cc0000201");
    const auto message = MessageView::parse(raw.bytes());
    REQUIRE(message);
    CHECK(unknown_types(*message) == std::vector{type});
  }
}

TEST_CASE("unknown types beyond the limit are not remembered", "[stun]") {
  RawMessage raw;
  for (std::uint16_t i = 0; i < kAttributesMax; ++i) {
    raw.attribute(static_cast<std::uint16_t>(0x7f00 + i), "");
  }
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  REQUIRE(message->unknown_types().size() == kUnknownTypesMax);
  CHECK(message->unknown_types().front() == 0x7f00);
  CHECK(message->unknown_types().back() == 0x7f00 + kUnknownTypesMax - 1);
}

TEST_CASE("as many attributes as are allowed are read to the last", "[stun]") {
  RawMessage raw;
  for (std::size_t i = 1; i < kAttributesMax; ++i) raw.attribute(0x8022, "");
  raw.attribute(0x0024, "6e7f00ff");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK(message->has(AttributeType::priority));
}

TEST_CASE("padding may have any value", "[stun]") {
  const auto padding = GENERATE(std::uint8_t{0}, std::uint8_t{0x20}, std::uint8_t{0xff});
  const auto length = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{4});
  const std::string text(length, 'x');
  const RawMessage raw =
      RawMessage().attribute(0x0006, as_bytes(text), padding).attribute(0x0024, "6e7f00ff");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK(message->get<Username>()->text == text);
  CHECK(message->get<Priority>()->value == 0x6e7f00ff);
}

TEST_CASE("an attribute's raw value is found, even an empty one", "[stun]") {
  const RawMessage raw = RawMessage().attribute(0x0025, "").attribute(0x8022, "6162");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  REQUIRE(message->find(AttributeType::use_candidate));
  CHECK(message->find(AttributeType::use_candidate)->empty());
  CHECK(as_text(*message->find(AttributeType::software)) == "ab");
  CHECK_FALSE(message->find(AttributeType::username));
}

TEST_CASE("a datagram of the greatest size is read", "[stun]") {
  // 65,507 bytes are what UDP can carry; here the next smaller multiple of 4.
  const ByteVector value(65504 - kHeaderSize - kAttributeHeaderSize, 'x');
  const RawMessage raw = RawMessage().attribute(0xc001, Bytes(value));
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK_FALSE(message->has(AttributeType::priority));
}

TEST_CASE("each reason to refuse a message has a text of its own", "[stun]") {
  std::set<std::string_view> texts;
  for (int i = 0; i <= static_cast<int>(ParseError::too_many_attributes); ++i) {
    const std::string_view text = to_text(static_cast<ParseError>(i));
    CHECK(text.size() > 5);
    texts.insert(text);
  }
  CHECK(texts.size() == static_cast<std::size_t>(ParseError::too_many_attributes) + 1);
}
