// EVEN-PORT and RESERVATION-TOKEN (RFC 8656, sections 7.1 and 7.2): pairs of ports for RTP.
#include <catch2/catch_test_macros.hpp>

#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/error_codes.h"
#include "stun/string_makers.h"
#include "turn_client.h"

using namespace floe;
using namespace floe::testing;
using namespace floe::turn;

namespace {

struct Reserved {
  Reserved() {
    first.ask(stun::Method::allocate,
              [](auto& b) { b.add(RequestedTransport{}).add(EvenPort{true}); });
    world.open_relays();
    const auto reply = first.reply();
    REQUIRE(reply);
    REQUIRE(reply->error() == 0);
    even = reply->get<XorRelayedAddress>().address;
    token = reply->get<ReservationToken>();
  }
  TurnWorld world;
  TurnClient first{world, "192.0.2.7:5000"};
  TransportAddress even;
  ReservationToken token;
};

}  // namespace

TEST_CASE("an even port is even", "[turn][server]") {
  for (int i = 0; i < 20; ++i) {
    TurnWorld world;
    TurnClient client(world, "192.0.2.7:5000");
    REQUIRE(client.allocate([](auto& b) { b.add(EvenPort{}); }) == 0);
    CHECK(client.relayed().port % 2 == 0);
    CHECK(world.host.open.size() == 1);
  }
}

TEST_CASE("the port after an even one waits for who has the token", "[turn][server]") {
  Reserved net;
  CHECK(net.even.port % 2 == 0);
  CHECK(net.world.host.open.size() == 2);
  TurnClient stranger(net.world, "192.0.2.8:5000", "bob", "hidden");
  CHECK(stranger.allocate([&](auto& b) { b.add(net.token); }) == kInsufficientCapacity);
  TurnClient second(net.world, "192.0.2.7:5001");
  REQUIRE(second.allocate([&](auto& b) { b.add(net.token); }) == 0);
  CHECK(second.relayed().port == net.even.port + 1);
  CHECK(second.permit(at("203.0.113.9:1")) == 0);
  net.world.peer_sends(at("203.0.113.9:1"), second.relayed(), "rtcp");
  CHECK(second.heard() == "203.0.113.9:1 rtcp");
  TurnClient third(net.world, "192.0.2.7:5002");
  CHECK(third.allocate([&](auto& b) { b.add(net.token); }) == kInsufficientCapacity);
}

TEST_CASE("what is reserved is let go after 30 seconds", "[turn][server]") {
  Reserved net;
  net.world.pass(31s);
  CHECK(net.world.host.open.size() == 1);
  TurnClient late(net.world, "192.0.2.7:5001");
  CHECK(late.allocate([&](auto& b) { b.add(net.token); }) == kInsufficientCapacity);
  CHECK(net.world.server.allocation_count() == 1);
}

TEST_CASE("what is reserved counts for the quota of its user", "[turn][server]") {
  turn::ServerConfig config = open_config();
  config.allocations_per_user_max = 2;
  TurnWorld world(config);
  TurnClient first(world, "192.0.2.7:5000");
  TurnClient second(world, "192.0.2.7:5001");
  REQUIRE(first.allocate([](auto& b) { b.add(EvenPort{true}); }) == 0);
  CHECK(second.allocate() == kAllocationQuotaReached);
  world.pass(31s);
  CHECK(second.allocate() == 0);
  TurnClient third(world, "192.0.2.7:5002");
  CHECK(third.allocate([](auto& b) { b.add(EvenPort{true}); }) == kAllocationQuotaReached);
}

TEST_CASE("when one of two ports is taken another pair is tried", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.ask(stun::Method::allocate,
             [](auto& b) { b.add(RequestedTransport{}).add(EvenPort{true}); });
  const auto second = world.host.opening.back();
  std::erase(world.host.opening, second);
  world.server.on_relay_failed(world.now, second, RelayFailure::port_in_use);
  CHECK(world.host.opening.size() == 2);
  CHECK(world.host.open.size() == 2);
  world.open_relays();
  CHECK(client.reply()->error() == 0);
}
