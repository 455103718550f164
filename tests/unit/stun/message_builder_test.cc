#include "floe/stun/message_builder.h"

#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/bare_binding.h"
#include "floe/stun/integrity.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

constexpr TransactionId kId{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

std::unique_ptr<HmacSha1> make_key() {
  return MbedtlsCrypto().hmac_sha1(as_bytes("password"));
}

/// A message with an attribute of every shape.
std::optional<Bytes> build(MutableBytes buffer, const HmacSha1& key) {
  MessageBuilder builder(buffer, Class::request, Method::binding, kId);
  return builder.add(Username{"abcd:efghi"})
      .add(Priority{0x6e7f00ff})
      .add(UseCandidate{})
      .add(IceControlling{0x0102030405060708})
      .add_message_integrity(key)
      .add_fingerprint()
      .finish();
}

}  // namespace

TEST_CASE("an empty message is a header", "[stun]") {
  std::array<std::uint8_t, 20> buffer;
  const auto bytes = MessageBuilder(buffer, Class::success, Method::binding, kId).finish();
  REQUIRE(bytes);
  CHECK(to_hex(*bytes) == "010100002112a442000102030405060708090a0b");
}

TEST_CASE("a message has its attributes in order, padded with zeros", "[stun]") {
  std::array<std::uint8_t, 64> buffer;
  buffer.fill(0xee);
  const auto bytes = MessageBuilder(buffer, Class::request, Method::binding, kId)
                         .add(Username{"abcde"})
                         .add(UseCandidate{})
                         .add(Priority{0x01020304})
                         .finish();
  REQUIRE(bytes);
  CHECK(to_hex(*bytes) ==
        "000100182112a442000102030405060708090a0b"
        "000600056162636465000000"
        "00250000"
        "0024000401020304");
}

TEST_CASE("MESSAGE-INTEGRITY and FINGERPRINT are those that others compute", "[stun]") {
  const auto key = make_key();
  std::array<std::uint8_t, kMessageSizeMax> buffer;
  const auto bytes = build(buffer, *key);
  REQUIRE(bytes);
  const RawMessage expected = RawMessage()
                                  .text(0x0006, "abcd:efghi")
                                  .attribute(0x0024, "6e7f00ff")
                                  .attribute(0x0025, "")
                                  .attribute(0x802a, "0102030405060708")
                                  .integrity(*key)
                                  .fingerprint();
  CHECK(to_hex(*bytes) == to_hex(expected.bytes()));
}

TEST_CASE("FINGERPRINT needs no MESSAGE-INTEGRITY before it", "[stun]") {
  std::array<std::uint8_t, 64> buffer;
  const auto bytes =
      MessageBuilder(buffer, Class::indication, Method::binding, kId).add_fingerprint().finish();
  REQUIRE(bytes);
  CHECK(to_hex(*bytes) == to_hex(RawMessage(0x0011).fingerprint().bytes()));
  CHECK(to_hex(write_bare_binding(Class::indication, kId)) == to_hex(*bytes));
}

TEST_CASE("every buffer that is too small gives nothing and is not overrun", "[stun]") {
  const auto key = make_key();
  std::array<std::uint8_t, kMessageSizeMax> large;
  const std::size_t needed = build(large, *key)->size();
  for (std::size_t size = 0; size <= needed; ++size) {
    // On the heap and exactly so big: the sanitizer sees a byte written beyond it.
    ByteVector buffer(size);
    CAPTURE(size);
    REQUIRE(build(buffer, *key).has_value() == (size == needed));
  }
}

TEST_CASE("a builder that ran out of space stays so", "[stun]") {
  std::array<std::uint8_t, 28> buffer;
  MessageBuilder builder(buffer, Class::request, Method::binding, kId);
  builder.add(Username{"too long for the buffer"});
  CHECK_FALSE(builder.finish());
  builder.add(UseCandidate{});
  builder.add_message_integrity(*make_key());
  builder.add_fingerprint();
  CHECK_FALSE(builder.finish());
}

TEST_CASE("a message longer than its length field can say is not built", "[stun]") {
  ByteVector buffer(0x20000);
  const std::string text(0xffff, 'x');
  MessageBuilder builder(buffer, Class::request, Method::binding, kId);
  CHECK_FALSE(builder.add(Username{text}).finish());
}

TEST_CASE("what is built is read back", "[stun]") {
  const auto key = make_key();
  std::array<std::uint8_t, kMessageSizeMax> buffer;
  const auto message = MessageView::parse(*build(buffer, *key));
  REQUIRE(message);
  CHECK(message->get<Username>()->text == "abcd:efghi");
  CHECK(message->get<Priority>()->value == 0x6e7f00ff);
  CHECK(message->get<UseCandidate>());
  CHECK(message->get<IceControlling>()->tie_breaker == 0x0102030405060708);
  CHECK(message->has_fingerprint());
  CHECK(check_integrity(*message, *key) == IntegrityCheck::valid);
}
