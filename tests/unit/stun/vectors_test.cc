// The messages of tests/vectors: what must be read of the good ones, and why the others are
// refused.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/credential.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/attributes/nat_behavior.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/integrity.h"
#include "stun/hex.h"
#include "stun/string_makers.h"
#include "stun_vectors.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

/// The types that a 420 would name: required, and not known.
std::vector<std::uint16_t> unknown_among(std::string_view types) {
  std::vector<std::uint16_t> unknown;
  const ByteVector bytes = from_hex(types);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const auto type = static_cast<std::uint16_t>(bytes[i] << 8 | bytes[i + 1]);
    if (type < 0x8000 && !is_known(type)) unknown.push_back(type);
  }
  return unknown;
}

template <class T>
std::optional<AttributeError> error_of(const MessageView& message) {
  const auto read = message.get<T>();
  if (read) return std::nullopt;
  return read.error();
}

std::optional<AttributeError> error_of(const MessageView& message, AttributeType type) {
  switch (type) {
    case AttributeType::mapped_address:
      return error_of<MappedAddress>(message);
    case AttributeType::xor_mapped_address:
      return error_of<XorMappedAddress>(message);
    case AttributeType::priority:
      return error_of<Priority>(message);
    case AttributeType::use_candidate:
      return error_of<UseCandidate>(message);
    case AttributeType::ice_controlled:
      return error_of<IceControlled>(message);
    case AttributeType::ice_controlling:
      return error_of<IceControlling>(message);
    case AttributeType::error_code:
      return error_of<ErrorCode>(message);
    case AttributeType::unknown_attributes:
      return error_of<UnknownAttributes>(message);
    case AttributeType::realm:
      return error_of<Realm>(message);
    case AttributeType::nonce:
      return error_of<Nonce>(message);
    case AttributeType::userhash:
      return error_of<Userhash>(message);
    case AttributeType::password_algorithm:
      return error_of<PasswordAlgorithm>(message);
    case AttributeType::password_algorithms:
      return error_of<PasswordAlgorithms>(message);
    case AttributeType::alternate_server:
      return error_of<AlternateServer>(message);
    case AttributeType::alternate_domain:
      return error_of<AlternateDomain>(message);
    case AttributeType::change_request:
      return error_of<ChangeRequest>(message);
    case AttributeType::response_port:
      return error_of<ResponsePort>(message);
    case AttributeType::response_origin:
      return error_of<ResponseOrigin>(message);
    case AttributeType::other_address:
      return error_of<OtherAddress>(message);
    case AttributeType::nomination:
      return error_of<Nomination>(message);
    default:
      break;
  }
  FAIL("a vector of an attribute that this test does not read");
  return std::nullopt;
}

template <class T>
std::string text_of(const MessageView& message) {
  const auto text = message.get<T>();
  return text ? std::string(text->text) : std::string();
}

IntegrityCheck check(const MessageView& message, const vectors::StunMessage& vector, Bytes key) {
  if (vector.is_sha256) return check_integrity(message, *MbedtlsCrypto().hmac_sha256(key));
  return check_integrity(message, *MbedtlsCrypto().hmac_sha1(key));
}

}  // namespace

TEST_CASE("messages that others made are read as they meant them", "[stun][vectors]") {
  const auto& vector = GENERATE(Catch::Generators::from_range(std::begin(vectors::kStunMessages),
                                                              std::end(vectors::kStunMessages)));
  INFO(vector.name);
  const ByteVector bytes = from_hex(vector.hex);
  const auto message = MessageView::parse(bytes);
  REQUIRE(message);

  CHECK(encode_type(message->message_class(), message->method()) == vector.type);
  CHECK(to_hex(message->transaction_id()) == vector.transaction_id);
  CHECK(message->has_fingerprint() == vector.has_fingerprint);
  CHECK(text_of<Software>(*message) == vector.software);
  CHECK(text_of<Username>(*message) == vector.username);
  CHECK(text_of<Realm>(*message) == vector.realm);
  CHECK(text_of<Nonce>(*message) == vector.nonce);
  const auto mapped = message->get<XorMappedAddress>();
  CHECK((mapped ? mapped->address.to_text() : "") == vector.mapped_address);
  const auto priority = message->get<Priority>();
  CHECK((priority ? priority->value : 0) == vector.priority);
  const auto controlled = message->get<IceControlled>();
  CHECK((controlled ? controlled->tie_breaker : 0) == vector.ice_controlled);

  const auto unknown = message->unknown_types();
  CHECK(std::vector<std::uint16_t>(unknown.begin(), unknown.end()) ==
        unknown_among(vector.attribute_types));

  CHECK(check(*message, vector, from_hex(vector.key)) == IntegrityCheck::valid);
  CHECK(check(*message, vector, as_bytes("VOkJxbRl1RmTxUk/WvJxBT")) == IntegrityCheck::wrong);
}

TEST_CASE("a message with any one bit wrong is not taken for the original", "[stun][vectors]") {
  const auto& vector = GENERATE(Catch::Generators::from_range(std::begin(vectors::kStunMessages),
                                                              std::end(vectors::kStunMessages)));
  INFO(vector.name);
  const ByteVector original = from_hex(vector.hex);
  const ByteVector key = from_hex(vector.key);
  for (std::size_t bit = 0; bit < original.size() * 8; ++bit) {
    ByteVector bytes = original;
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    const auto message = MessageView::parse(bytes);
    CAPTURE(bit);
    // What is no FINGERPRINT any more comes after the MAC, and is ignored: then that is lost.
    const bool is_taken = message && check(*message, vector, key) == IntegrityCheck::valid &&
                          message->has_fingerprint() == vector.has_fingerprint;
    REQUIRE_FALSE(is_taken);
  }
}

TEST_CASE("a message cut short anywhere is refused", "[stun][vectors]") {
  const auto& vector = GENERATE(Catch::Generators::from_range(std::begin(vectors::kStunMessages),
                                                              std::end(vectors::kStunMessages)));
  INFO(vector.name);
  const ByteVector bytes = from_hex(vector.hex);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    // A copy of its own, so that the sanitizer sees every byte read beyond it.
    const ByteVector start(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    const auto message = MessageView::parse(start);
    REQUIRE_FALSE(message);
    REQUIRE(message.error() ==
            (size < kHeaderSize ? ParseError::too_short : ParseError::length_mismatch));
  }
}

TEST_CASE("what is no message is refused for what is wrong with it", "[stun][vectors]") {
  const auto& vector = GENERATE(
      from_range(std::begin(vectors::kMalformedMessages), std::end(vectors::kMalformedMessages)));
  INFO(vector.name);
  const ByteVector bytes = from_hex(vector.hex);
  const auto message = MessageView::parse(bytes);
  REQUIRE_FALSE(message);
  CHECK(message.error() == vector.error);
}

TEST_CASE("an attribute that is wrong is not read", "[stun][vectors]") {
  const auto& vector = GENERATE(Catch::Generators::from_range(
      std::begin(vectors::kMalformedAttributes), std::end(vectors::kMalformedAttributes)));
  INFO(vector.name);
  const ByteVector bytes = from_hex(vector.hex);
  const auto message = MessageView::parse(bytes);
  REQUIRE(message);
  CHECK(error_of(*message, vector.type) == vector.error);
}

// RFC 8489 prints a length that counts the header, and a MAC over that: they agree with each other,
// and with the key, but not with the message.
TEST_CASE("the MAC that RFC 8489 prints in B.1 is over the length that it prints",
          "[stun][vectors]") {
  const auto printed =
      std::ranges::find(vectors::kMalformedMessages, "RFC 8489, B.1, as it is printed",
                        &vectors::MalformedMessage::name);
  const ByteVector bytes = from_hex(printed->hex);
  const std::size_t covered = bytes.size() - kAttributeHeaderSize - kIntegritySha256Size;
  const std::array<Bytes, 1> parts{Bytes(bytes).first(covered)};
  const ByteVector key =
      from_hex("dd295a613b9058c3c23d6dc7165bda072304d989c9d0af3a8c7e184b4f9bb4a1");
  CHECK(to_hex(MbedtlsCrypto().hmac_sha256(key)->compute(parts)) ==
        to_hex(Bytes(bytes).last(kIntegritySha256Size)));
}
