// CreatePermission, and who is heard without one (RFC 8656, sections 9 and 10).
#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/error_code.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/error_codes.h"
#include "permission_table.h"
#include "stun/string_makers.h"
#include "turn_client.h"

using namespace floe;
using namespace floe::testing;
using namespace floe::turn;
using stun::Method;

namespace {

const TransportAddress kPeer = at("203.0.113.9:1000");

}  // namespace

TEST_CASE("only peers with a permission are heard, from any port of theirs", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  world.peer_sends(kPeer, client.relayed(), "early");
  CHECK(client.heard().empty());
  CHECK(world.server.counters().no_permission == 1);
  REQUIRE(client.permit(kPeer) == 0);
  world.peer_sends(kPeer, client.relayed(), "hello");
  CHECK(client.heard() == "203.0.113.9:1000 hello");
  world.peer_sends(at("203.0.113.9:2000"), client.relayed(), "other port");
  CHECK(client.heard() == "203.0.113.9:2000 other port");
  world.peer_sends(at("203.0.113.10:1000"), client.relayed(), "stranger");
  CHECK(client.heard().empty());
}

TEST_CASE("nothing is sent to a peer without a permission", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  client.send(kPeer, "early");
  CHECK(world.host.to_peers.empty());
  REQUIRE(client.permit(kPeer) == 0);
  client.send(kPeer, "hello");
  REQUIRE(world.host.to_peers.size() == 1);
  CHECK(world.host.to_peers[0].peer == kPeer);
}

TEST_CASE("a permission lasts five minutes", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  REQUIRE(client.permit(kPeer) == 0);
  world.pass(299s);
  world.peer_sends(kPeer, client.relayed(), "in time");
  CHECK(client.heard() == "203.0.113.9:1000 in time");
  REQUIRE(client.permit(kPeer) == 0);
  world.pass(300s);
  world.peer_sends(kPeer, client.relayed(), "late");
  client.send(kPeer, "late");
  CHECK(client.heard().empty());
  CHECK(world.host.to_peers.empty());
}

TEST_CASE("of several permissions all are given or none", "[turn][server]") {
  TurnWorld world;
  world.policy.denied = {IpAddress::v4(10, 1, 1, 1)};
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  const auto permit = [&](std::vector<const char*> peers) {
    return client
        .ask(Method::create_permission,
             [&](auto& builder) {
               for (const char* peer : peers) builder.add(XorPeerAddress{at(peer)});
             })
        ->error();
  };
  CHECK(permit({}) == stun::kBadRequest);
  CHECK(permit({"203.0.113.9:1", "10.1.1.1:1"}) == kForbidden);
  CHECK(permit({"203.0.113.9:1", "[2001:db8::9]:1"}) == kPeerAddressFamilyMismatch);
  client.send(kPeer, "none was given");
  CHECK(world.host.to_peers.empty());
  CHECK(permit({"203.0.113.9:1", "203.0.113.10:1"}) == 0);
  client.send(kPeer, "one");
  client.send(at("203.0.113.10:7"), "two");
  CHECK(world.host.to_peers.size() == 2);
}

TEST_CASE("an allocation has so many permissions and no more", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  const auto peer = [](std::size_t i) {
    return TransportAddress{IpAddress::v4(203, 0, static_cast<std::uint8_t>(i / 250),
                                          static_cast<std::uint8_t>(i % 250)),
                            1};
  };
  for (std::size_t i = 0; i < kPermissionsMax; ++i) REQUIRE(client.permit(peer(i)) == 0);
  CHECK(client.permit(peer(kPermissionsMax)) == kInsufficientCapacity);
  CHECK(client.permit(peer(0)) == 0);
  world.pass(301s);
  CHECK(client.permit(peer(kPermissionsMax)) == 0);
}

TEST_CASE("P69: the policy is asked before a permission and before each datagram",
          "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  world.policy.denied = {IpAddress::v4(169, 254, 169, 254)};
  CHECK(client.permit(at("169.254.169.254:80")) == kForbidden);
  CHECK(client.bind(0x4000, at("169.254.169.254:80")) == kForbidden);
  REQUIRE(client.permit(kPeer) == 0);
  REQUIRE(client.bind(0x4001, kPeer) == 0);
  world.policy.denied_ports = {53, kPeer.port};
  CHECK(client.bind(0x4002, at("203.0.113.9:53")) == kForbidden);
  client.send(at("203.0.113.9:53"), "a question");
  client.send_on(0x4001, "denied since");
  CHECK(world.host.to_peers.empty());
  CHECK(world.server.counters().forbidden == 2);
}

TEST_CASE("P69: nothing comes from a port that the policy denies, what ICMP says of it neither",
          "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  REQUIRE(client.permit(kPeer) == 0);
  const TransportAddress other{kPeer.ip, 53};
  world.policy.denied_ports = {53};
  world.host.to_clients.clear();
  world.peer_sends(other, client.relayed(), "an answer");
  world.peer_is_unreachable(other, client.relayed(), {.type = 3, .code = 3});
  CHECK(world.host.to_clients.empty());
  CHECK(world.server.counters().forbidden == 2);
  world.peer_sends(kPeer, client.relayed(), "from an open port");
  CHECK(world.host.to_clients.size() == 1);
}
