// What BindingServer does with two addresses (RFC 5780), with users, and with another server to
// send clients to.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/nat_behavior.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/binding_server.h"
#include "floe/stun/short_term_authenticator.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

constexpr Timestamp kNow{1h};
const TransportAddress kClient = *TransportAddress::parse("192.0.2.1:32853");
const TransportAddress kPrimary = *TransportAddress::parse("198.51.100.1:3478");
const TransportAddress kAlternate = *TransportAddress::parse("198.51.100.2:3479");

struct Desk {
  explicit Desk(BindingServerConfig config) : server(std::move(config)) {}

  std::optional<Answer> ask(Bytes request, const TransportAddress& local = kPrimary,
                            const TransportAddress& from = kClient) {
    return server.answer(kNow, {from, local, request}, buffer);
  }
  int error_of(Bytes request, const TransportAddress& local = kPrimary) {
    const auto answer = ask(request, local);
    REQUIRE(answer);
    CHECK(answer->from == local);
    CHECK(answer->to == kClient);
    const auto message = MessageView::parse(answer->bytes);
    REQUIRE(message);
    const auto error = message->get<ErrorCode>();
    return error ? error->code : 0;
  }

  BindingServer server;
  std::array<std::uint8_t, kAnswerSizeMax> buffer{};
};

Desk discovery_desk() {
  return Desk({.discovery = DiscoveryAddresses{kPrimary, kAlternate}});
}

RawMessage change(bool ip, bool port) {
  const int flags = (ip ? 4 : 0) | (port ? 2 : 0);
  return RawMessage().attribute(0x0003, "0000000" + std::to_string(flags));
}

}  // namespace

// RFC 5780, section 6.1, table 1, for each of the four sockets that a request may come to.
TEST_CASE("an answer comes from where it was asked to come from", "[stun][server]") {
  Desk desk = discovery_desk();
  for (const bool at_other_ip : {false, true}) {
    for (const bool at_other_port : {false, true}) {
      const auto ip = [&](bool other) { return (at_other_ip != other ? kAlternate : kPrimary).ip; };
      const auto port = [&](bool other) {
        return (at_other_port != other ? kAlternate : kPrimary).port;
      };
      for (const bool change_ip : {false, true}) {
        for (const bool change_port : {false, true}) {
          const RawMessage request = change(change_ip, change_port);
          const auto answer = desk.ask(request.bytes(), {ip(false), port(false)});
          REQUIRE(answer);
          CHECK(answer->from == TransportAddress{ip(change_ip), port(change_port)});
          CHECK(answer->to == kClient);
          const auto message = MessageView::parse(answer->bytes);
          REQUIRE(message);
          CHECK(message->get<ResponseOrigin>()->address == answer->from);
          CHECK(message->get<OtherAddress>()->address == TransportAddress{ip(true), port(true)});
          CHECK(message->get<XorMappedAddress>()->address == kClient);
          CHECK(message->get<MappedAddress>()->address == kClient);
        }
      }
    }
  }
}

TEST_CASE("a server with one address has no other to name or to answer from", "[stun][server]") {
  Desk desk({});
  CHECK(desk.error_of(change(true, true).bytes()) == kUnknownAttribute);
  CHECK(desk.error_of(RawMessage().attribute(0x0027, "0d96").bytes()) == kUnknownAttribute);
  CHECK(desk.error_of(RawMessage().attribute(0x0026, "00").bytes()) == kUnknownAttribute);
  const auto answer = desk.ask(RawMessage().bytes());
  REQUIRE(answer);
  CHECK_FALSE(MessageView::parse(answer->bytes)->has(AttributeType::other_address));
  CHECK_FALSE(MessageView::parse(answer->bytes)->has(AttributeType::response_origin));
}

TEST_CASE("an address that is none of the four has no other", "[stun][server]") {
  Desk desk = discovery_desk();
  for (const char* local : {"198.51.100.3:3478", "198.51.100.1:3480"}) {
    CHECK(desk.error_of(change(true, true).bytes(), *TransportAddress::parse(local)) ==
          kUnknownAttribute);
  }
}

TEST_CASE("an answer goes to the port that was asked for", "[stun][server]") {
  Desk desk = discovery_desk();
  const auto answer = desk.ask(RawMessage().attribute(0x0027, "0d960000").bytes());
  REQUIRE(answer);
  CHECK(answer->to == TransportAddress{kClient.ip, 3478});
  CHECK(answer->from == kPrimary);
  CHECK(MessageView::parse(answer->bytes)->get<XorMappedAddress>()->address == kClient);
}

TEST_CASE("an answer is padded as the request was, within a limit", "[stun][server]") {
  Desk desk = discovery_desk();
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, kPaddingSizeMax, std::size_t{1501}, std::size_t{9000}}) {
    const RawMessage request = RawMessage().attribute(0x0026, Bytes(ByteVector(size)));
    const auto answer = desk.ask(request.bytes());
    REQUIRE(answer);
    CHECK(MessageView::parse(answer->bytes)->get<Padding>()->size ==
          std::min(size, kPaddingSizeMax));
  }
}

TEST_CASE("padding to another port is refused, as is what is malformed", "[stun][server]") {
  Desk desk = discovery_desk();
  CHECK(desk.error_of(RawMessage().attribute(0x0027, "0d96").attribute(0x0026, "00").bytes()) ==
        kBadRequest);
  CHECK(desk.error_of(RawMessage().attribute(0x0027, "0000").bytes()) == kBadRequest);
  CHECK(desk.error_of(RawMessage().attribute(0x0003, "0000").bytes()) == kBadRequest);
  CHECK(desk.server.counters().refused == 3);
}

TEST_CASE("the longest answers are within the limit to the shortest request", "[stun][server]") {
  for (const char* addresses : {"192.0.2.1:1 198.51.100.1:3478 198.51.100.2:3479",
                                "[2001:db8::1]:1 [2001:db8:1::1]:3478 [2001:db8:2::1]:3479"}) {
    const std::string text = addresses;
    const auto first = text.find(' ');
    const auto second = text.find(' ', first + 1);
    const auto primary = *TransportAddress::parse(text.substr(first + 1, second - first - 1));
    const auto alternate = *TransportAddress::parse(text.substr(second + 1));
    Desk desk({.discovery = DiscoveryAddresses{primary, alternate}});
    CHECK(desk.ask(RawMessage().bytes(), primary, *TransportAddress::parse(text.substr(0, first))));
    CHECK(desk.ask(change(true, true).fingerprint().bytes(), primary,
                   *TransportAddress::parse(text.substr(0, first))));
  }
}

TEST_CASE("an old client learns where the other address is", "[stun][server]") {
  Desk desk = discovery_desk();
  const auto answer =
      desk.ask(from_hex("00010008 deadbeef 000102030405060708090a0b 0003000400000006"));
  REQUIRE(answer);
  CHECK(answer->from == kAlternate);
  const auto message = MessageView::parse_rfc3489(answer->bytes, is_known);
  REQUIRE(message);
  CHECK(message->get<MappedAddress>()->address == kClient);
  CHECK(message->get<SourceAddress>()->address == kAlternate);
  CHECK(message->get<ChangedAddress>()->address == kAlternate);
}

TEST_CASE("clients are sent away to a server of their family", "[stun][server]") {
  const TransportAddress elsewhere = *TransportAddress::parse("203.0.113.1:3478");
  Desk desk({.alternate = Alternate{elsewhere, "stun.example.org"}});
  const auto answer = desk.ask(RawMessage().fingerprint().bytes());
  REQUIRE(answer);
  const auto message = MessageView::parse(answer->bytes);
  CHECK(message->get<ErrorCode>()->code == kTryAlternate);
  CHECK(message->get<AlternateServer>()->address == elsewhere);
  CHECK(message->get<AlternateDomain>()->text == "stun.example.org");

  const auto other = desk.ask(RawMessage().bytes(), *TransportAddress::parse("[2001:db8::1]:3478"),
                              *TransportAddress::parse("[2001:db8::7]:1"));
  REQUIRE(other);
  CHECK(MessageView::parse(other->bytes)->message_class() == Class::success);
}

TEST_CASE("a short-term password is asked for where there is one", "[stun][server]") {
  MbedtlsCrypto crypto;
  ShortTermAuthenticator authenticator(crypto, "name", "password");
  Desk desk({.authenticator = &authenticator});
  const auto sha1 = crypto.hmac_sha1(as_bytes("password"));
  const auto sha256 = crypto.hmac_sha256(as_bytes("password"));
  const auto wrong = crypto.hmac_sha1(as_bytes("Password"));
  const RawMessage named = RawMessage().text(0x0006, "name");
  CHECK(desk.error_of(RawMessage(named).integrity(*sha1).bytes()) == 0);
  CHECK(MessageView::parse(desk.ask(RawMessage(named).integrity(*sha1).bytes())->bytes)
            ->has_integrity());
  CHECK(desk.error_of(RawMessage(named).integrity(*sha256).bytes()) == 0);
  CHECK(MessageView::parse(desk.ask(RawMessage(named).integrity(*sha256).bytes())->bytes)
            ->has_integrity_sha256());
  CHECK(desk.error_of(RawMessage(named).integrity(*wrong).bytes()) == kUnauthenticated);
  CHECK(desk.error_of(RawMessage().text(0x0006, "Name").integrity(*sha1).bytes()) ==
        kUnauthenticated);
  CHECK(desk.error_of(RawMessage().integrity(*sha1).bytes()) == kBadRequest);
  CHECK(desk.error_of(named.bytes()) == kBadRequest);
}

TEST_CASE("where passwords are asked for, old clients are not answered", "[stun][server]") {
  MbedtlsCrypto crypto;
  ShortTermAuthenticator authenticator(crypto, "name", "password");
  Desk desk({.authenticator = &authenticator});
  CHECK_FALSE(desk.ask(from_hex("00010000 deadbeef 000102030405060708090a0b")));
  CHECK(desk.server.counters().malformed == 1);
}
