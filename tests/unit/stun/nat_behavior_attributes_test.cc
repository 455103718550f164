#include "floe/stun/attributes/nat_behavior.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/address.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/round_trip.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

std::string hex_of(const ChangeRequest& change) {
  std::array<std::uint8_t, 64> buffer;
  const auto bytes =
      MessageBuilder(buffer, Class::request, Method::binding, kRoundTripId).add(change).finish();
  return to_hex(bytes->subspan(kHeaderSize));
}

}  // namespace

TEST_CASE("what is to be changed survives", "[stun]") {
  for (const bool ip : {false, true}) {
    for (const bool port : {false, true}) {
      round_trip(ChangeRequest{ip, port}, [&](const ChangeRequest& read) {
        CHECK(read.change_ip == ip);
        CHECK(read.change_port == port);
      });
    }
  }
}

// RFC 5780, section 7.2: bits 29 and 30, counted from the most significant.
TEST_CASE("what is to be changed is where RFC 5780 has it", "[stun]") {
  CHECK(hex_of({true, false}) == "0003000400000004");
  CHECK(hex_of({false, true}) == "0003000400000002");
  const RawMessage raw = RawMessage().attribute(0x0003, "fffffffb");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK_FALSE(message->get<ChangeRequest>()->change_ip);
  CHECK(message->get<ChangeRequest>()->change_port);
}

TEST_CASE("the port to answer to survives, its padding counted or not", "[stun]") {
  for (const int port : {1, 3478, 65535}) {
    const auto number = static_cast<std::uint16_t>(port);
    round_trip(ResponsePort{number}, [&](const ResponsePort& read) { CHECK(read.port == number); });
  }
  const RawMessage raw = RawMessage().attribute(0x0027, "0d96ffff");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  REQUIRE(message->get<ResponsePort>());
  CHECK(message->get<ResponsePort>()->port == 3478);
}

TEST_CASE("padding survives, of every length", "[stun]") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1500}}) {
    round_trip(Padding{size}, [&](const Padding& read) { CHECK(read.size == size); });
  }
}

TEST_CASE("the server's addresses survive, by their new names and their old", "[stun]") {
  for (const char* text : {"192.0.2.1:3478", "[2001:db8::1]:5349"}) {
    const TransportAddress address = *TransportAddress::parse(text);
    const auto is_same = [&](const auto& read) { CHECK(read.address == address); };
    round_trip(ResponseOrigin{address}, is_same);
    round_trip(OtherAddress{address}, is_same);
    round_trip(SourceAddress{address}, is_same);
    round_trip(ChangedAddress{address}, is_same);
  }
}
