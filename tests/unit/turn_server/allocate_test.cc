// Allocate (RFC 8656, section 7.2).
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/error_codes.h"
#include "stun/string_makers.h"
#include "turn_client.h"

using namespace floe;
using namespace floe::testing;
using namespace floe::turn;
using stun::Method;

TEST_CASE("an allocation is a relayed address, and the client's own as it was seen",
          "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  CHECK_FALSE(client.ask(Method::allocate, [](auto& builder) {
    builder.add(RequestedTransport{}).add(Lifetime{1200});
  }));
  world.open_relays();
  const auto reply = client.reply();
  REQUIRE(reply);
  CHECK(reply->error() == 0);
  CHECK(reply->get<XorRelayedAddress>().address.ip == IpAddress::v4(198, 51, 100, 1));
  CHECK(reply->get<XorRelayedAddress>().address.port >= 49152);
  CHECK(reply->get<stun::XorMappedAddress>().address == at("192.0.2.7:5000"));
  CHECK(reply->get<Lifetime>().seconds == 1200);
  CHECK(reply->message().has_integrity());
  CHECK(reply->message().has_fingerprint());
  CHECK(world.server.counters().allocated == 1);
}

TEST_CASE("a lifetime is between ten minutes and an hour", "[turn][server]") {
  const auto [asked, got] = GENERATE(table<std::uint32_t, std::uint32_t>(
      {{0, 600}, {1, 600}, {599, 600}, {601, 601}, {3600, 3600}, {0xffffffff, 3600}}));
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.ask(Method::allocate, [lifetime = asked](auto& builder) {
    builder.add(RequestedTransport{}).add(Lifetime{lifetime});
  });
  world.open_relays();
  CHECK(client.reply()->get<Lifetime>().seconds == got);
}

TEST_CASE("P54: a repeated Allocate is answered as the first one was", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  CHECK_FALSE(client.ask(Method::allocate, [](auto& b) { b.add(RequestedTransport{}); }));
  CHECK_FALSE(client.ask_again());  // while the socket is being opened
  world.open_relays();
  const auto first = client.reply();
  CHECK_FALSE(client.reply());
  const auto second = client.ask_again();
  REQUIRE(second);
  CHECK(second->bytes == first->bytes);
  CHECK(world.server.allocation_count() == 1);
  CHECK(world.host.opened == 1);
}

TEST_CASE("a second allocation of one five-tuple is a mismatch", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  CHECK(client.allocate() == kAllocationMismatch);
  TurnClient other_user(world, "192.0.2.7:5000", "bob", "hidden");
  CHECK(other_user.allocate() == kAllocationMismatch);
  TurnClient other_port(world, "192.0.2.7:5001");
  CHECK(other_port.allocate() == 0);
}

TEST_CASE("what does not go together in an Allocate is refused", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  const auto error_of = [&](const TurnClient::Fill& fill) {
    return client.ask(Method::allocate, fill)->error();
  };
  CHECK(error_of([](auto&) {}) == stun::kBadRequest);
  CHECK(error_of([](auto& b) { b.add(RequestedTransport{6}); }) == kUnsupportedTransport);
  const auto with = [&](const TurnClient::Fill& fill) { return client.allocate(fill); };
  CHECK(with([](auto& b) { b.add(ReservationToken{}); }) == kInsufficientCapacity);
  CHECK(with([](auto& b) { b.add(ReservationToken{}).add(EvenPort{}); }) == stun::kBadRequest);
  CHECK(with([](auto& b) { b.add(ReservationToken{}).add(RequestedAddressFamily{}); }) ==
        stun::kBadRequest);
  CHECK(with([](auto& b) {
          b.add(RequestedAddressFamily{Family::ipv4}).add(AdditionalAddressFamily{Family::ipv6});
        }) == stun::kBadRequest);
  CHECK(with([](auto& b) { b.add(AdditionalAddressFamily{Family::ipv4}); }) == stun::kBadRequest);
  CHECK(with([](auto& b) { b.add(AdditionalAddressFamily{}).add(EvenPort{true}); }) ==
        stun::kBadRequest);
  CHECK(with([](auto& b) { b.add(DontFragment{}); }) == stun::kUnknownAttribute);
  CHECK(world.server.allocation_count() == 0);
  CHECK(world.host.opened == 0);
}

TEST_CASE("a family is given when the server has it", "[turn][server]") {
  turn::ServerConfig config = open_config();
  const bool has_ipv6 = GENERATE(true, false);
  if (!has_ipv6) config.relays.pop_back();
  TurnWorld world(config);
  TurnClient client(world, "192.0.2.7:5000");
  const int error = client.allocate([](auto& b) { b.add(RequestedAddressFamily{Family::ipv6}); });
  CHECK(error == (has_ipv6 ? 0 : kAddressFamilyNotSupported));
  if (has_ipv6) CHECK_FALSE(client.relayed().ip.is_ipv4());
}

TEST_CASE("both families are given at once", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.ask(Method::allocate, [](auto& b) {
    b.add(RequestedTransport{}).add(AdditionalAddressFamily{Family::ipv6});
  });
  SECTION("when there is a socket for each") {
    world.open_relays();
    const auto reply = client.reply();
    REQUIRE(reply);
    CHECK(reply->get<XorRelayedAddress>(0).address.ip.is_ipv4());
    CHECK_FALSE(reply->get<XorRelayedAddress>(1).address.ip.is_ipv4());
    CHECK(world.host.open.size() == 2);
  }
  SECTION("or one of them, with the reason why the other is missing") {
    const auto second = world.host.opening.back();
    std::erase(world.host.opening, second);
    world.server.on_relay_failed(world.now, second, RelayFailure::no_socket);
    CHECK_FALSE(client.reply());
    world.open_relays();
    const auto reply = client.reply();
    REQUIRE(reply);
    CHECK(reply->error() == 0);
    CHECK_FALSE(reply->message().get<XorRelayedAddress>(1));
    CHECK(reply->get<AddressErrorCode>().family == Family::ipv6);
    CHECK(reply->get<AddressErrorCode>().code == kInsufficientCapacity);
    CHECK(world.host.open.size() == 1);
  }
}

TEST_CASE("a port that somebody else has is passed over", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.ask(Method::allocate, [](auto& b) { b.add(RequestedTransport{}); });
  world.fail_relays(RelayFailure::port_in_use);
  CHECK_FALSE(client.reply());
  CHECK(world.host.opening.size() == 1);
  world.open_relays();
  CHECK(client.reply()->error() == 0);
  CHECK(world.host.open.size() == 1);
}

TEST_CASE("without a socket there is no allocation", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.ask(Method::allocate, [](auto& b) { b.add(RequestedTransport{}); });
  SECTION("at once, when there is none to be had") {
    world.fail_relays(RelayFailure::no_socket);
  }
  SECTION("after some tries, when all ports are taken") {
    for (int i = 0; i < 20; ++i) world.fail_relays(RelayFailure::port_in_use);
    CHECK(world.host.opened <= 10);
  }
  REQUIRE(client.reply()->error() == kInsufficientCapacity);
  CHECK(world.server.allocation_count() == 0);
  CHECK(world.host.open.empty());
  CHECK(client.allocate() == 0);
}

TEST_CASE("a server that drains keeps what it has and takes nobody new", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  world.server.drain();
  CHECK(TurnClient(world, "192.0.2.8:5000").allocate() == kInsufficientCapacity);
  CHECK(client.refresh(600) == 0);
  CHECK(client.permit(at("203.0.113.9:1")) == 0);
}

TEST_CASE("a server may send clients to another one", "[turn][server]") {
  turn::ServerConfig config = open_config();
  config.binding.alternate = stun::Alternate{at("198.51.100.2:3478"), "turn.example.org"};
  TurnWorld world(config);
  TurnClient client(world, "192.0.2.7:5000");
  const auto reply = client.ask(Method::allocate, [](auto& b) { b.add(RequestedTransport{}); });
  REQUIRE(reply);
  CHECK(reply->error() == stun::kTryAlternate);
  CHECK(reply->get<stun::AlternateServer>().address == at("198.51.100.2:3478"));
  CHECK(world.server.allocation_count() == 0);
}
