// RFC 8489, sections 6.3.3 and 6.3.4: what is taken from a Binding response, and what makes it
// useless.
#include "floe/stun/binding_answer.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "stun/raw_message.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

constexpr std::uint16_t kSuccess = 0x0101;
constexpr std::uint16_t kError = 0x0111;
constexpr std::uint16_t kMapped = 0x0001;
constexpr std::uint16_t kXorMapped = 0x0020;
constexpr std::uint16_t kErrorCode = 0x0009;

// 192.0.2.1:32853 in both forms.
constexpr std::string_view kPlain = "00018055c0000201";
constexpr std::string_view kMasked = "0001a147e112a643";

BindingAnswer read(const RawMessage& message) {
  const auto view = MessageView::parse(message.bytes());
  REQUIRE(view);
  return BindingAnswer::read(*view);
}

}  // namespace

TEST_CASE("the mapped address is read in either form", "[stun]") {
  RawMessage message(kSuccess);
  SECTION("masked") {
    message.attribute(kXorMapped, kMasked);
  }
  SECTION("plain, by an old server") {
    message.attribute(kMapped, kPlain);
  }
  SECTION("both: the masked one, which no device on the way rewrites") {
    message.attribute(kMapped, "00010001cb007107").attribute(kXorMapped, kMasked);
  }
  SECTION("the masked one is broken") {
    message.attribute(kXorMapped, "0001a147").attribute(kMapped, kPlain);
  }
  const BindingAnswer answer = read(message);
  CHECK(answer.flaw == nullptr);
  CHECK(answer.mapped == TransportAddress::parse("192.0.2.1:32853"));
  CHECK_FALSE(answer.error);
}

TEST_CASE("an error is read with its code and reason", "[stun]") {
  const RawMessage message = RawMessage(kError).attribute(kErrorCode, "0000040162757379");
  const BindingAnswer answer = read(message);
  CHECK(answer.flaw == nullptr);
  CHECK_FALSE(answer.mapped);
  REQUIRE(answer.error);
  CHECK(answer.error->code == 401);
}

TEST_CASE("what cannot be used has a flaw in words", "[stun]") {
  RawMessage message(kSuccess);
  std::string_view flaw;
  SECTION("no address") {
    flaw = "the answer has no mapped address";
  }
  SECTION("an address without a port") {
    message.attribute(kMapped, "00010000c0000201");
    flaw = "the answer names an address that nobody can reach";
  }
  SECTION("the address of a group") {
    message.attribute(kMapped, "00018055e0000001");
    flaw = "the answer names an address that nobody can reach";
  }
  SECTION("something that must be understood") {
    message.attribute(kXorMapped, kMasked).attribute(0x7777, "");
    flaw = "the answer has required attributes unknown here";
  }
  SECTION("an error that must be understood") {
    message = RawMessage(kError).attribute(kErrorCode, "00000401").attribute(0x7777, "");
    flaw = "the answer has required attributes unknown here";
  }
  SECTION("an error without a code") {
    message = RawMessage(kError);
    flaw = "the answer is an error without a code";
  }
  const BindingAnswer answer = read(message);
  REQUIRE(answer.flaw);
  CHECK(answer.flaw == flaw);
  CHECK_FALSE(answer.error);
}
