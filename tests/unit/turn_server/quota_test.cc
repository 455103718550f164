// How much each user may have.
#include "user_quota.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/turn/attributes/allocation.h"
#include "floe/turn/error_codes.h"
#include "turn_client.h"

using namespace floe;
using namespace floe::testing;
using namespace floe::turn;

TEST_CASE("a quota comes back with its token", "[turn][server]") {
  UserQuota quota(2, 3);
  {
    const auto first = quota.take("alice");
    const auto second = quota.take("alice");
    REQUIRE(first);
    REQUIRE(second);
    CHECK(second->user() == "alice");
    const auto third = quota.take("alice");
    REQUIRE_FALSE(third);
    CHECK(third.error() == UserQuota::Refusal::user);
    const auto bobs = quota.take("bob");
    REQUIRE(bobs);
    const auto too_much = quota.take("carol");
    REQUIRE_FALSE(too_much);
    CHECK(too_much.error() == UserQuota::Refusal::total);
    CHECK(quota.used_by("alice") == 2);
  }
  CHECK(quota.used() == 0);
  CHECK(quota.used_by("alice") == 0);
}

TEST_CASE("a user's allocations are counted, and the server's", "[turn][server]") {
  turn::ServerConfig config = open_config();
  config.allocations_per_user_max = 2;
  config.allocations_max = 3;
  TurnWorld world(config);
  TurnClient first(world, "192.0.2.1:1");
  TurnClient second(world, "192.0.2.2:1");
  TurnClient third(world, "192.0.2.3:1");
  TurnClient fourth(world, "192.0.2.4:1", "bob", "hidden");
  TurnClient fifth(world, "192.0.2.5:1", "bob", "hidden");
  CHECK(first.allocate() == 0);
  CHECK(second.allocate() == 0);
  CHECK(third.allocate() == kAllocationQuotaReached);
  CHECK(fourth.allocate() == 0);
  CHECK(fifth.allocate() == kInsufficientCapacity);
  CHECK(first.refresh(0) == 0);
  CHECK(third.allocate() == 0);
  world.pass(3600s);
  CHECK(world.server.allocation_count() == 0);
  CHECK(first.allocate() == 0);
  CHECK(second.allocate() == 0);
}

TEST_CASE("a quota survives thousands of allocations that fail, end and are lost",
          "[turn][server]") {
  turn::ServerConfig config = open_config();
  config.allocations_per_user_max = 3;
  TurnWorld world(config);
  for (int i = 0; i < 2000; ++i) {
    TurnClient client(world, "192.0.2.1:1");
    client.ask(stun::Method::allocate, [&](auto& b) {
      b.add(RequestedTransport{});
      if (i % 3 == 0) b.add(EvenPort{true});
    });
    switch (i % 4) {
      case 0:
        world.fail_relays(RelayFailure::no_socket);
        break;
      case 1:
        world.open_relays();
        client.reply();
        REQUIRE(client.refresh(0) == 0);
        break;
      case 2:
        world.server.handle_tcp_closed(world.now, client.path);
        break;
      default:
        world.open_relays();
        world.pass(601s);
        break;
    }
    world.host.to_clients.clear();
    world.pass(31s);
    REQUIRE(world.host.open.empty());
    REQUIRE(world.server.allocation_count() == 0);
  }
}
