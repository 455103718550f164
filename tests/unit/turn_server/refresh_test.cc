// Refresh, and what ends an allocation (RFC 8656, section 8).
#include <catch2/catch_test_macros.hpp>

#include "floe/turn/attributes/allocation.h"
#include "floe/turn/error_codes.h"
#include "stun/string_makers.h"
#include "turn_client.h"

using namespace floe;
using namespace floe::testing;
using namespace floe::turn;
using stun::Method;

TEST_CASE("an allocation that nobody refreshes ends", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  world.pass(599s);
  CHECK(world.server.allocation_count() == 1);
  REQUIRE(client.refresh(600) == 0);
  world.pass(599s);
  CHECK(world.server.allocation_count() == 1);
  world.pass(2s);
  CHECK(world.server.allocation_count() == 0);
  CHECK(world.host.open.empty());
  CHECK(world.server.deadline() == kNever);
  CHECK(client.refresh(600) == kAllocationMismatch);
  CHECK(client.permit(at("203.0.113.9:1")) == kAllocationMismatch);
  CHECK(client.bind(0x4000, at("203.0.113.9:1")) == kAllocationMismatch);
}

TEST_CASE("a Refresh of zero ends an allocation at once", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  CHECK(client.refresh(0) == 0);
  CHECK(world.server.allocation_count() == 0);
  CHECK(world.host.open.empty());
  CHECK(client.refresh(0) == kAllocationMismatch);
  CHECK(client.allocate() == 0);
}

TEST_CASE("another user cannot touch an allocation", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  TurnClient thief(world, "192.0.2.7:5000", "bob", "hidden");
  CHECK(thief.refresh(0) == kWrongCredentials);
  CHECK(thief.permit(at("203.0.113.9:1")) == kWrongCredentials);
  CHECK(thief.bind(0x4000, at("203.0.113.9:1")) == kWrongCredentials);
  CHECK(world.server.allocation_count() == 1);
}

TEST_CASE("one of two families can be given back", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate([](auto& b) { b.add(AdditionalAddressFamily{}); }) == 0);
  const auto refresh = [&](Family family, std::uint32_t seconds) {
    return client
        .ask(Method::refresh,
             [&](auto& b) { b.add(Lifetime{seconds}).add(RequestedAddressFamily{family}); })
        ->error();
  };
  CHECK(refresh(Family::ipv6, 3600) == 0);
  world.pass(601s);
  REQUIRE(world.host.open.size() == 1);
  CHECK_FALSE(world.host.open.begin()->second.ip.is_ipv4());
  CHECK(refresh(Family::ipv4, 600) == kPeerAddressFamilyMismatch);
  CHECK(refresh(Family::ipv6, 0) == 0);
  CHECK(world.server.allocation_count() == 0);
}

TEST_CASE("an allocation goes with its connection", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.path.transport = Transport::tcp;
  REQUIRE(client.allocate() == 0);
  world.server.handle_tcp_closed(world.now, client.path);
  CHECK(world.server.allocation_count() == 0);
  CHECK(world.host.open.empty());

  client.ask(Method::allocate, [](auto& b) { b.add(RequestedTransport{}); });
  world.server.handle_tcp_closed(world.now, client.path);  // while its socket is being opened
  CHECK(world.server.allocation_count() == 0);
  CHECK(world.host.open.empty());
}

TEST_CASE("an allocation goes with its socket", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  world.server.on_relay_failed(world.now, world.host.open.begin()->first, RelayFailure::no_socket);
  CHECK(world.server.allocation_count() == 0);
  CHECK(world.host.open.empty());
  CHECK(world.server.deadline() == kNever);
}
