#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/round_trip.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

template <class T>
std::optional<AttributeError> error_of_size(AttributeType type, std::size_t size) {
  const std::string text(size, 'x');
  const RawMessage raw = RawMessage().text(static_cast<std::uint16_t>(type), text);
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  const auto read = message->template get<T>();
  if (read) return std::nullopt;
  return read.error();
}

}  // namespace

TEST_CASE("addresses of both families survive, plain and XORed", "[stun]") {
  const std::string text =
      GENERATE("0.0.0.0:0", "192.0.2.1:32853", "255.255.255.255:65535", "33.18.164.66:8466",
               "[::]:0", "[2001:db8::1]:3478", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535",
               "[::ffff:c000:201]:1");
  const TransportAddress address = *TransportAddress::parse(text);
  round_trip(MappedAddress{address},
             [&](const MappedAddress& read) { CHECK(read.address == address); });
  round_trip(XorMappedAddress{address},
             [&](const XorMappedAddress& read) { CHECK(read.address == address); });
}

TEST_CASE("an XORed address is not on the wire as it is", "[stun]") {
  std::array<std::uint8_t, 64> buffer;
  const auto bytes = MessageBuilder(buffer, Class::success, Method::binding, kRoundTripId)
                         .add(MappedAddress{*TransportAddress::parse("192.0.2.1:32853")})
                         .add(XorMappedAddress{*TransportAddress::parse("192.0.2.1:32853")})
                         .finish();
  REQUIRE(bytes);
  CHECK(to_hex(bytes->subspan(kHeaderSize)) ==
        "0001000800018055c0000201"
        "002000080001a147e112a643");
}

TEST_CASE("an XORed IPv6 address depends on the transaction id", "[stun]") {
  std::array<std::uint8_t, 64> buffer;
  const auto bytes = MessageBuilder(buffer, Class::success, Method::binding, kRoundTripId)
                         .add(XorMappedAddress{*TransportAddress::parse("[::]:0")})
                         .finish();
  REQUIRE(bytes);
  CHECK(to_hex(bytes->subspan(kHeaderSize)) ==
        "0020001400022112"
        "2112a442f00102030405060708090aff");
}

TEST_CASE("the reserved byte of an address is ignored", "[stun]") {
  const RawMessage raw = RawMessage(0x0101).attribute(0x0001, "ff010050c0000201");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  REQUIRE(message->get<MappedAddress>());
  CHECK(message->get<MappedAddress>()->address == *TransportAddress::parse("192.0.2.1:80"));
}

TEST_CASE("numbers survive at their limits", "[stun]") {
  for (const std::uint32_t value : {1u, 0x6e7f00ffu, 0x7fffffffu}) {
    round_trip(Priority{value}, [&](const Priority& read) { CHECK(read.value == value); });
  }
  for (const std::uint64_t value :
       {std::uint64_t{0}, std::uint64_t{0x0123456789abcdef}, ~std::uint64_t{0}}) {
    round_trip(IceControlled{value},
               [&](const IceControlled& read) { CHECK(read.tie_breaker == value); });
    round_trip(IceControlling{value},
               [&](const IceControlling& read) { CHECK(read.tie_breaker == value); });
  }
  round_trip(UseCandidate{}, [](const UseCandidate&) { SUCCEED(); });
}

TEST_CASE("texts survive, of every length about the padding", "[stun]") {
  for (std::size_t size = 0; size <= 9; ++size) {
    const std::string text = std::string("\xe3\x83\x9e:abcdef").substr(0, size);
    round_trip(Username{text}, [&](const Username& read) { CHECK(read.text == text); });
    round_trip(Software{text}, [&](const Software& read) { CHECK(read.text == text); });
  }
}

TEST_CASE("a USERNAME has less than 509 bytes", "[stun]") {
  CHECK(error_of_size<Username>(AttributeType::username, 508) == std::nullopt);
  CHECK(error_of_size<Username>(AttributeType::username, 509) == AttributeError::malformed);
  CHECK(error_of_size<Username>(AttributeType::username, 2000) == AttributeError::malformed);
}

// RFC 8489, sections 14.8 and 14.14: fewer than 128 characters, "which can be as long as 509 bytes
// when encoding them or 763 bytes when decoding them".
TEST_CASE("a SOFTWARE and a reason are read up to 763 bytes", "[stun]") {
  CHECK(error_of_size<Software>(AttributeType::software, 763) == std::nullopt);
  CHECK(error_of_size<Software>(AttributeType::software, 764) == AttributeError::malformed);

  const auto with_reason = [](std::size_t size) {
    ByteVector value = from_hex("00000400");
    value.insert(value.end(), size, 'x');
    const RawMessage raw = RawMessage(0x0111).attribute(0x0009, Bytes(value));
    const auto message = MessageView::parse(raw.bytes());
    REQUIRE(message);
    return message->get<ErrorCode>().has_value();
  };
  CHECK(with_reason(763));
  CHECK_FALSE(with_reason(764));
}

TEST_CASE("every error code survives", "[stun]") {
  for (std::uint16_t code = 300; code < 700; ++code) {
    round_trip(ErrorCode{code, "why"}, [&](const ErrorCode& read) {
      REQUIRE(read.code == code);
      REQUIRE(read.reason == "why");
    });
  }
}

TEST_CASE("an error code is class and number, and what is reserved is ignored", "[stun]") {
  std::array<std::uint8_t, 64> buffer;
  const auto bytes = MessageBuilder(buffer, Class::error, Method::binding, kRoundTripId)
                         .add(ErrorCode{kRoleConflict, "Role Conflict"})
                         .finish();
  REQUIRE(bytes);
  CHECK(to_hex(bytes->subspan(kHeaderSize)) ==
        "00090011"
        "00000457"
        "526f6c6520436f6e666c696374"
        "000000");

  const RawMessage raw = RawMessage(0x0111).attribute(0x0009, "fffffc57");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  REQUIRE(message->get<ErrorCode>());
  CHECK(message->get<ErrorCode>()->code == 487);
  CHECK(message->get<ErrorCode>()->reason.empty());
}

TEST_CASE("a reason that is too long to send is cut", "[stun]") {
  const std::string reason(1000, 'x');
  round_trip(ErrorCode{500, reason}, [&](const ErrorCode& read) {
    CHECK(read.reason == reason.substr(0, kReasonSizeMax));
  });
}

TEST_CASE("unknown types survive, as many as are remembered", "[stun]") {
  UnknownAttributes unknown;
  for (std::size_t count = 0; count <= kUnknownTypesMax; ++count) {
    unknown.count = count;
    if (count > 0) unknown.types[count - 1] = static_cast<std::uint16_t>(0x7000 + count);
    round_trip(unknown, [&](const UnknownAttributes& read) {
      REQUIRE(read.count == count);
      CHECK(read.types == unknown.types);
    });
  }
}

TEST_CASE("more unknown types than are remembered are left out", "[stun]") {
  const ByteVector types(2 * (kUnknownTypesMax + 5), 0x11);
  const RawMessage raw = RawMessage(0x0111).attribute(0x000a, Bytes(types));
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  REQUIRE(message->get<UnknownAttributes>());
  CHECK(message->get<UnknownAttributes>()->count == kUnknownTypesMax);
}

TEST_CASE("types must be understood below 0x8000, and ours are known", "[stun]") {
  CHECK(is_comprehension_required(0x0000));
  CHECK(is_comprehension_required(0x7fff));
  CHECK_FALSE(is_comprehension_required(0x8000));
  CHECK_FALSE(is_comprehension_required(0xffff));
  for (const std::uint16_t type : std::initializer_list<std::uint16_t>{
           0x0001, 0x0006, 0x0008, 0x0009, 0x000a, 0x0014, 0x0015, 0x001c, 0x001d, 0x001e, 0x8002,
           0x8003, 0x8023, 0xc001, 0x0020, 0x0024, 0x0025, 0x8022, 0x8028, 0x8029, 0x802a}) {
    CHECK(is_known(type));
  }
  for (const std::uint16_t type : std::initializer_list<std::uint16_t>{
           0x0000, 0x0002, 0x0003, 0x0026, 0x0027, 0x7fff, 0xffff}) {
    CHECK_FALSE(is_known(type));
  }
}
