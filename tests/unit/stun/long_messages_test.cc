// Messages up to the MTU of a path: as long as a datagram of the layer above makes them that a
// check carries (RFC 8489, section 6.1).
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/binding_server.h"
#include "floe/stun/integrity.h"
#include "floe/stun/message_builder.h"
#include "stun/filler.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

constexpr std::size_t kSeals = attribute_size(20) + attribute_size(4);

std::unique_ptr<HmacSha1> make_key() {
  return MbedtlsCrypto().hmac_sha1(as_bytes("password"));
}

/// A signed request with `filler` bytes that nobody has to know; nothing: it does not fit.
std::optional<ByteVector> built_with(std::size_t filler) {
  std::array<std::uint8_t, kMessageSizeMax> buffer;
  MessageBuilder builder(buffer, Class::request, Method::binding, {7});
  builder.add(Username{"abcd:efghi"}).add(Filler{filler});
  const auto bytes = builder.add_message_integrity(*make_key()).add_fingerprint().finish();
  if (!bytes) return std::nullopt;
  return ByteVector(bytes->begin(), bytes->end());
}

/// What a server answers to `request`.
ByteVector answer_to(const ByteVector& request, BindingServerConfig config = {}) {
  BindingServer server(std::move(config));
  std::array<std::uint8_t, kAnswerSizeMax> buffer;
  const Arrival arrival{*TransportAddress::parse("192.0.2.1:32853"),
                        *TransportAddress::parse("198.51.100.1:3478"), request};
  const auto answer = server.answer(Timestamp{1h}, arrival, buffer);
  REQUIRE(answer);
  return {answer->bytes.begin(), answer->bytes.end()};
}

}  // namespace

TEST_CASE("a message of 1,200 bytes is written, a longer one is not", "[stun]") {
  const std::size_t empty = built_with(0)->size();
  const auto longest = built_with(1200 - empty);
  REQUIRE(longest);
  CHECK(longest->size() == 1200);
  CHECK_FALSE(built_with(1200 - empty + 1));
  const auto message = MessageView::parse(*longest);
  REQUIRE(message);
  CHECK(check_integrity(*message, *make_key()) == IntegrityCheck::valid);
}

TEST_CASE("MESSAGE-INTEGRITY and FINGERPRINT hold for every byte of a long message", "[stun]") {
  // The longest has the most that a length of 16 bits can say.
  const auto size = GENERATE(std::size_t{548}, std::size_t{1000}, std::size_t{1200},
                             std::size_t{1472}, std::size_t{65532});
  const auto key = make_key();
  const RawMessage raw =
      RawMessage().text(0x0006, "abcd:efghi").fill(size - kSeals).integrity(*key).fingerprint();
  REQUIRE(raw.bytes().size() == size);
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK(message->has_fingerprint());
  CHECK(check_integrity(*message, *key) == IntegrityCheck::valid);
  CHECK(message->find(static_cast<AttributeType>(0xc070))->size() == size - 20 - 16 - 4 - kSeals);
  CHECK(message->unknown_types().empty());

  for (const std::size_t offset : {std::size_t{40}, size / 2, size - kSeals - 1}) {
    CAPTURE(offset);
    const auto damaged = MessageView::parse(RawMessage(raw).damage(offset, 1).bytes());
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error() == ParseError::fingerprint_mismatch);
    const RawMessage forged = RawMessage()
                                  .text(0x0006, "abcd:efghi")
                                  .fill(size - kSeals)
                                  .integrity(*key)
                                  .damage(offset, 1);
    CHECK(check_integrity(*MessageView::parse(forged.bytes()), *key) == IntegrityCheck::wrong);
  }
}

TEST_CASE("nothing of a long request comes back in the answer of a server", "[stun][server]") {
  const auto size = GENERATE(std::size_t{576}, std::size_t{1200}, std::size_t{1472});
  const auto fingerprint = attribute_size(4);
  const ByteVector request = RawMessage().fill(size - fingerprint).fingerprint().bytes();
  CHECK(to_hex(answer_to(request)) == to_hex(answer_to(RawMessage().fingerprint().bytes())));
}

TEST_CASE("a 420 to a long request names eight attributes and repeats none", "[stun][server]") {
  RawMessage request;
  std::string first_eight;
  for (std::uint16_t i = 0; i < 20; ++i) {
    request.text(static_cast<std::uint16_t>(0x7f00 + i), std::string(40, 'x'));
    if (i < 8) first_eight += "7f0" + std::to_string(i);
  }
  const ByteVector answer = answer_to(request.fill(1200).bytes());
  const auto message = MessageView::parse(answer);
  REQUIRE(message);
  CHECK(message->get<ErrorCode>()->code == kUnknownAttribute);
  CHECK(to_hex(*message->find(AttributeType::unknown_attributes)) == first_eight);
  CHECK(answer.size() < 100);
}
