#include "floe/stun/binding_server.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

constexpr Timestamp kNow{1h};
const TransportAddress kClient = *TransportAddress::parse("192.0.2.1:32853");
const TransportAddress kServer = *TransportAddress::parse("198.51.100.1:3478");

/// A server with its buffer, and what it said last.
struct Desk {
  explicit Desk(BindingServerConfig config = {}) : server(std::move(config)) {}

  std::optional<Answer> ask(Bytes request, const TransportAddress& from = kClient) {
    return server.answer(kNow, {from, kServer, request}, buffer);
  }
  /// The answer as STUN, which it must be.
  MessageView ask_for_message(Bytes request, const TransportAddress& from = kClient) {
    const auto answer = ask(request, from);
    REQUIRE(answer);
    const auto message = MessageView::parse(answer->bytes);
    REQUIRE(message);
    return *message;
  }

  BindingServer server;
  std::array<std::uint8_t, kAnswerSizeMax> buffer{};
};

}  // namespace

TEST_CASE("a Binding request is answered with its source", "[stun][server]") {
  const auto* client = GENERATE("192.0.2.1:32853", "[2001:db8::7]:1");
  const TransportAddress source = *TransportAddress::parse(client);
  Desk desk;
  const RawMessage request;
  const auto answer = desk.ask(request.bytes(), source);
  REQUIRE(answer);
  CHECK(answer->to == source);
  CHECK(answer->from == kServer);
  const auto message = MessageView::parse(answer->bytes);
  REQUIRE(message);
  CHECK(message->message_class() == Class::success);
  CHECK(message->method() == Method::binding);
  CHECK(to_hex(message->transaction_id()) == "000102030405060708090a0b");
  REQUIRE(message->get<XorMappedAddress>());
  CHECK(message->get<XorMappedAddress>()->address == source);
  CHECK_FALSE(message->has(AttributeType::username));
  CHECK_FALSE(message->has_fingerprint());
  CHECK(desk.server.counters().succeeded == 1);
}

TEST_CASE("a request with FINGERPRINT gets an answer with FINGERPRINT", "[stun][server]") {
  Desk desk({.software = "floe"});
  const MessageView message = desk.ask_for_message(RawMessage().fingerprint().bytes());
  CHECK(message.has_fingerprint());
  REQUIRE(message.get<Software>());
  CHECK(message.get<Software>()->text == "floe");
}

TEST_CASE("unknown required attributes are named in a 420", "[stun][server]") {
  Desk desk;
  const MessageView message = desk.ask_for_message(RawMessage()
                                                       .attribute(0x7001, "01")
                                                       .attribute(0xf001, "02")
                                                       .attribute(0x0003, "00000006")
                                                       .bytes());
  CHECK(message.message_class() == Class::error);
  REQUIRE(message.get<ErrorCode>());
  CHECK(message.get<ErrorCode>()->code == kUnknownAttribute);
  const auto unknown = message.get<UnknownAttributes>();
  REQUIRE(unknown);
  REQUIRE(unknown->count == 2);
  CHECK(unknown->types[0] == 0x7001);
  CHECK(unknown->types[1] == 0x0003);
  CHECK(desk.server.counters().refused == 1);
}

TEST_CASE("what is no Binding request is not answered", "[stun][server]") {
  const int type = GENERATE(0x0011, 0x0101, 0x0111, 0x0003, 0x0016, 0x0002);
  Desk desk;
  CHECK_FALSE(desk.ask(RawMessage(static_cast<std::uint16_t>(type)).bytes()));
  CHECK(desk.server.counters().not_a_request == 1);
}

TEST_CASE("what is not STUN is not answered", "[stun][server]") {
  Desk desk;
  CHECK_FALSE(desk.ask({}));
  CHECK_FALSE(desk.ask(from_hex("0001000021")));
  CHECK_FALSE(desk.ask(from_hex("8001000000000000000000000000000000000000")));
  CHECK_FALSE(desk.ask(from_hex("000100042112a442000102030405060708090a0b")));
  CHECK_FALSE(desk.ask(RawMessage().fingerprint().damage(27, 1).bytes()));
  CHECK(desk.server.counters().malformed == 5);
}

TEST_CASE("sources where nobody can be are not answered", "[stun][server]") {
  const auto* source = GENERATE("0.0.0.0:1", "192.0.2.1:0", "224.0.0.1:5353", "255.255.255.255:9",
                                "[::]:1", "[ff02::1]:5353");
  Desk desk;
  CHECK_FALSE(desk.ask(RawMessage().bytes(), *TransportAddress::parse(source)));
  CHECK(desk.server.counters().bad_source == 1);
}

TEST_CASE("a client of RFC 3489 is answered in its format", "[stun][server]") {
  Desk desk({.software = "floe"});
  const auto answer = desk.ask(from_hex("00010000 deadbeef 000102030405060708090a0b"));
  REQUIRE(answer);
  CHECK(to_hex(answer->bytes) ==
        "0101000cdeadbeef000102030405060708090a0b"
        "0001000800018055c0000201");
}

TEST_CASE("a client of RFC 3489 can do without padding in a 420", "[stun][server]") {
  Desk desk;
  const auto answer =
      desk.ask(from_hex("0001000c deadbeef 000102030405060708090a0b 00020008 0001005000000000"));
  REQUIRE(answer);
  const auto message = MessageView::parse_rfc3489(answer->bytes, is_known);
  REQUIRE(message);
  CHECK(message->get<ErrorCode>()->code == kUnknownAttribute);
  CHECK(to_hex(*message->find(AttributeType::unknown_attributes)) == "00020002");
}

TEST_CASE("clients of RFC 3489 can be left out", "[stun][server]") {
  Desk desk({.serve_rfc3489 = false});
  CHECK_FALSE(desk.ask(from_hex("00010000 deadbeef 000102030405060708090a0b")));
  CHECK(desk.server.counters().malformed == 1);
}

TEST_CASE("an answer has at most three times the bytes of the request", "[stun][server]") {
  const auto* client = GENERATE("192.0.2.1:32853", "[2001:db8::7]:1");
  const std::size_t headers = client[0] == '[' ? 48 : 28;
  Desk desk({.software = std::string(700, 's')});
  RawMessage request;
  for (int i = 0; i < 20; ++i) {
    const auto answer = desk.ask(request.bytes(), *TransportAddress::parse(client));
    REQUIRE(answer);
    CHECK(answer->bytes.size() + headers <= kAmplificationMax * (request.bytes().size() + headers));
    request.text(0xf000, std::string(40, 'x'));
  }
  CHECK(MessageView::parse(desk.ask(request.bytes())->bytes)->has(AttributeType::software));
}

TEST_CASE("an answer that has no room is not sent", "[stun][server]") {
  Desk desk;
  std::array<std::uint8_t, 24> small;
  CHECK_FALSE(desk.server.answer(kNow, {kClient, kServer, RawMessage().bytes()}, small));
  CHECK(desk.server.counters().too_long == 1);
}
