#include "connectivity_check.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/integrity.h"
#include "ice/string_makers.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun_vectors.h"

using namespace floe;
using namespace floe::ice;
using floe::testing::from_hex;
using floe::testing::RawMessage;

namespace {

using Buffer = std::array<std::uint8_t, stun::kMessageSizeMax>;

const Credentials kReceiver{std::string(vectors::kReceiverUfrag),
                            std::string(vectors::kReceiverPassword)};
const std::unique_ptr<HmacSha1> kReceiverKey =
    MbedtlsCrypto().hmac_sha1(as_bytes(kReceiver.password));

OutgoingCheck check_of(Role role, bool use_candidate = false) {
  OutgoingCheck check;
  check.id = {9, 8, 7, 6, 5, 4, 3, 2, 1};
  check.remote_ufrag = vectors::kReceiverUfrag;
  check.local_ufrag = vectors::kSenderUfrag;
  check.priority = 0x6e7fffff;
  check.role = role;
  check.tie_breaker = 0x1122334455667788;
  check.use_candidate = use_candidate;
  return check;
}

stun::MessageView parsed(Bytes bytes) {
  const auto message = stun::MessageView::parse(bytes);
  REQUIRE(message);
  return *message;
}

Result<IncomingCheck, CheckRejection> read(const stun::MessageView& request) {
  return read_check(request, kReceiver, *kReceiverKey, vectors::kSenderUfrag);
}

}  // namespace

TEST_CASE("a check carries what RFC 8445, section 7.2.2, asks for, and is signed", "[ice]") {
  Buffer buffer;
  const auto message = parsed(write_check(buffer, check_of(Role::controlling), *kReceiverKey));
  CHECK(message.is_request());
  CHECK(message.method() == stun::Method::binding);
  CHECK(message.transaction_id() == check_of(Role::controlling).id);
  CHECK(message.get<stun::Username>()->text == "LUfr:rUfr");
  CHECK(message.get<stun::Priority>()->value == 0x6e7fffff);
  CHECK(message.get<stun::IceControlling>()->tie_breaker == 0x1122334455667788);
  CHECK_FALSE(message.has(stun::AttributeType::ice_controlled));
  CHECK_FALSE(message.has(stun::AttributeType::use_candidate));
  CHECK(message.has_fingerprint());
  CHECK(stun::check_integrity(message, *kReceiverKey) == stun::IntegrityCheck::valid);
}

TEST_CASE("the controlled side says so", "[ice]") {
  Buffer buffer;
  const auto message = parsed(write_check(buffer, check_of(Role::controlled), *kReceiverKey));
  CHECK(message.get<stun::IceControlled>()->tie_breaker == 0x1122334455667788);
  CHECK_FALSE(message.has(stun::AttributeType::ice_controlling));
}

TEST_CASE("a check that is written is read", "[ice]") {
  Buffer buffer;
  SECTION("of the controlling side") {
    const auto check =
        read(parsed(write_check(buffer, check_of(Role::controlling), *kReceiverKey)));
    REQUIRE(check);
    CHECK(check->sender_ufrag == "rUfr");
    CHECK(check->priority == 0x6e7fffff);
    CHECK(check->role == Role::controlling);
    CHECK(check->tie_breaker == 0x1122334455667788);
    CHECK_FALSE(check->use_candidate);
  }
  SECTION("with a nomination") {
    const auto message =
        parsed(write_check(buffer, check_of(Role::controlling, true), *kReceiverKey));
    REQUIRE(read(message));
    CHECK(read(message)->use_candidate);
  }
  SECTION("of the controlled side") {
    const auto check = read(parsed(write_check(buffer, check_of(Role::controlled), *kReceiverKey)));
    REQUIRE(check);
    CHECK(check->role == Role::controlled);
  }
}

TEST_CASE("a nomination by the controlled side means nothing", "[ice]") {
  const RawMessage raw = RawMessage()
                             .text(0x0006, "LUfr:rUfr")
                             .attribute(0x0024, "6e7fffff")
                             .attribute(0x8029, "0000000000000001")
                             .attribute(0x0025, "")
                             .integrity(*kReceiverKey);
  const auto check = read(parsed(raw.bytes()));
  REQUIRE(check);
  CHECK_FALSE(check->use_candidate);
}

TEST_CASE("a nomination after MESSAGE-INTEGRITY means nothing", "[ice]") {
  const RawMessage raw = RawMessage()
                             .text(0x0006, "LUfr:rUfr")
                             .attribute(0x0024, "6e7fffff")
                             .attribute(0x802a, "0000000000000001")
                             .integrity(*kReceiverKey)
                             .attribute(0x0025, "")
                             .fingerprint();
  const auto check = read(parsed(raw.bytes()));
  REQUIRE(check);
  CHECK_FALSE(check->use_candidate);
}

TEST_CASE("FINGERPRINT, SOFTWARE and optional attributes may be there or not", "[ice]") {
  const RawMessage raw = RawMessage()
                             .text(0x8022, "another agent")
                             .attribute(0xc057, "00010003")
                             .text(0x0006, "LUfr:rUfr")
                             .attribute(0x0024, "6e7fffff")
                             .attribute(0x802a, "0000000000000001")
                             .integrity(*kReceiverKey);
  CHECK(read(parsed(raw.bytes())));
}

TEST_CASE("any sender may check before the peer's description is there", "[ice]") {
  Buffer buffer;
  const auto message = parsed(write_check(buffer, check_of(Role::controlling), *kReceiverKey));
  const auto early = read_check(message, kReceiver, *kReceiverKey, "");
  REQUIRE(early);
  CHECK(early->sender_ufrag == "rUfr");
  const auto other = read_check(message, kReceiver, *kReceiverKey, "Else");
  REQUIRE_FALSE(other);
  CHECK(other.error() == CheckRejection::unauthenticated);
}

TEST_CASE("a request that is no check for us is rejected for its reason", "[ice][vectors]") {
  const auto& vector = GENERATE(Catch::Generators::from_range(std::begin(vectors::kRejectedChecks),
                                                              std::end(vectors::kRejectedChecks)));
  INFO(vector.name);
  const ByteVector bytes = from_hex(vector.hex);
  const auto check = read(parsed(bytes));
  REQUIRE_FALSE(check);
  CHECK(check.error() == vector.rejection);
}

TEST_CASE("the receiver's half of USERNAME names the generation", "[ice]") {
  const auto half = [](const char* username) {
    const RawMessage raw = RawMessage().text(0x0006, username);
    const auto found = receiver_ufrag_of(parsed(raw.bytes()));
    return found ? std::string(*found) : "nothing";
  };
  CHECK(half("LUfr:rUfr") == "LUfr");
  CHECK(half("LUfr:") == "LUfr");
  CHECK(half("a:b:c") == "a");
  CHECK(half(":rUfr") == "");
  CHECK(half("LUfr") == "nothing");
  CHECK(half("") == "nothing");
  CHECK_FALSE(receiver_ufrag_of(parsed(RawMessage().bytes())));
}

TEST_CASE("a success says where the request came from, and neither USERNAME nor role", "[ice]") {
  Buffer request_buffer;
  const auto request =
      parsed(write_check(request_buffer, check_of(Role::controlling), *kReceiverKey));
  for (const char* text : {"203.0.113.9:4444", "[2001:db8::9]:4444"}) {
    const TransportAddress source = *TransportAddress::parse(text);
    Buffer buffer;
    const auto response = parsed(write_success(buffer, request, source, *kReceiverKey));
    CHECK(response.message_class() == stun::Class::success);
    CHECK(response.transaction_id() == request.transaction_id());
    REQUIRE(response.get<stun::XorMappedAddress>());
    CHECK(response.get<stun::XorMappedAddress>()->address == source);
    CHECK(response.has_fingerprint());
    CHECK(stun::check_integrity(response, *kReceiverKey) == stun::IntegrityCheck::valid);
    // RFC 8489, section 9.1.4, and RFC 8445, section 16.1.
    CHECK_FALSE(response.has(stun::AttributeType::username));
    CHECK_FALSE(response.has(stun::AttributeType::ice_controlled));
    CHECK_FALSE(response.has(stun::AttributeType::mapped_address));
  }
}

TEST_CASE("an error says what is wrong, signed", "[ice]") {
  Buffer request_buffer;
  const auto request =
      parsed(write_check(request_buffer, check_of(Role::controlling), *kReceiverKey));
  for (const std::uint16_t code : {stun::kBadRequest, stun::kRoleConflict}) {
    Buffer buffer;
    const auto response = parsed(write_error(buffer, request, code, *kReceiverKey));
    CHECK(response.message_class() == stun::Class::error);
    CHECK(response.transaction_id() == request.transaction_id());
    REQUIRE(response.get<stun::ErrorCode>());
    CHECK(response.get<stun::ErrorCode>()->code == code);
    CHECK_FALSE(response.get<stun::ErrorCode>()->reason.empty());
    CHECK(stun::check_integrity(response, *kReceiverKey) == stun::IntegrityCheck::valid);
    CHECK_FALSE(response.has(stun::AttributeType::unknown_attributes));
  }
}

TEST_CASE("420 names what was not understood", "[ice]") {
  const RawMessage raw =
      RawMessage().attribute(0x7777, "").text(0x0006, "LUfr:rUfr").attribute(0x0002, "");
  Buffer buffer;
  const auto response =
      parsed(write_error(buffer, parsed(raw.bytes()), stun::kUnknownAttribute, *kReceiverKey));
  CHECK(response.get<stun::ErrorCode>()->code == 420);
  const auto unknown = response.get<stun::UnknownAttributes>();
  REQUIRE(unknown);
  REQUIRE(unknown->count == 2);
  CHECK(unknown->types[0] == 0x7777);
  CHECK(unknown->types[1] == 0x0002);
}

// RFC 8489, section 6.1: of a path whose MTU nobody knows, "for IPv4, the actual STUN message would
// need to be less than 548 bytes".
TEST_CASE("what an agent says by itself fits every path", "[ice]") {
  const std::string longest(kCredentialSizeMax, 'u');
  OutgoingCheck check = check_of(Role::controlling, true);
  check.remote_ufrag = longest;
  check.nomination = 1;
  Buffer buffer;
  const auto message = parsed(write_check(buffer, check, *kReceiverKey));
  REQUIRE(message.bytes().size() < 548);
  CHECK(message.get<stun::Username>()->text == longest + ":rUfr");

  RawMessage unknown;
  for (std::uint16_t i = 0; i < stun::kAttributesMax; ++i) {
    unknown.attribute(static_cast<std::uint16_t>(0x7f00 + i), "");
  }
  const auto request = parsed(unknown.bytes());
  CHECK(write_error(buffer, request, stun::kUnknownAttribute, *kReceiverKey).size() < 548);
  const TransportAddress source = *TransportAddress::parse("[2001:db8::9]:4444");
  CHECK(write_success(buffer, request, source, *kReceiverKey).size() < 548);
}
