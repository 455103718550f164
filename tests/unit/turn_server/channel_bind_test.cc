// ChannelBind (RFC 8656, section 12).
#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/error_code.h"
#include "floe/turn/error_codes.h"
#include "floe/turn_server/channel_table.h"
#include "stun/string_makers.h"
#include "turn_client.h"

using namespace floe;
using namespace floe::testing;
using namespace floe::turn;

namespace {

const TransportAddress kPeer = at("203.0.113.9:1000");
const TransportAddress kOther = at("203.0.113.10:1000");

}  // namespace

TEST_CASE("P56: a channel comes with its permission", "[turn][server]") {
  BoundClient net(kPeer);
  net.client.send_on(0x4000, "up");
  REQUIRE(net.world.host.to_peers.size() == 1);
  CHECK(net.world.host.to_peers[0].peer == kPeer);
  net.world.peer_sends(kPeer, net.client.relayed(), "down");
  CHECK(net.client.heard() == "16384 down");
  net.world.peer_sends(at("203.0.113.9:2"), net.client.relayed(), "another port");
  CHECK(net.client.heard() == "203.0.113.9:2 another port");
}

TEST_CASE("a channel has one peer, and a peer one channel", "[turn][server]") {
  BoundClient net(kPeer);
  CHECK(net.client.bind(0x4000, kOther) == stun::kBadRequest);
  CHECK(net.client.bind(0x4001, kPeer) == stun::kBadRequest);
  CHECK(net.client.bind(0x4000, kPeer) == 0);
  CHECK(net.client.bind(0x4001, kOther) == 0);
  CHECK(net.client.bind(0x3fff, at("203.0.113.11:1")) == stun::kBadRequest);
  CHECK(net.client.bind(0x8000, at("203.0.113.11:1")) == stun::kBadRequest);
  CHECK(net.client.bind(0x4002, at("[2001:db8::9]:1")) == kPeerAddressFamilyMismatch);
}

TEST_CASE("clients of RFC 5766 have channels above those of RFC 8656", "[turn][server]") {
  BoundClient net(kPeer);
  REQUIRE(net.client.bind(0x7ffe, kOther) == 0);
  net.client.send_on(0x7ffe, "up");
  REQUIRE(net.world.host.to_peers.size() == 1);
  CHECK(net.world.host.to_peers[0].peer == kOther);
}

TEST_CASE("data for a channel that is not bound goes nowhere", "[turn][server]") {
  BoundClient net(kPeer);
  net.client.send_on(0x4001, "lost");
  CHECK(net.world.host.to_peers.empty());
  CHECK(net.world.server.counters().no_channel == 1);
}

TEST_CASE("P55: a channel lasts ten minutes, its permission five, and then it rests",
          "[turn][server]") {
  BoundClient net(kPeer);
  net.world.pass(299s);
  REQUIRE(net.client.refresh(3600) == 0);
  net.world.pass(2s);
  net.client.send_on(0x4000, "the permission is over");
  CHECK(net.world.host.to_peers.empty());
  REQUIRE(net.client.permit(kPeer) == 0);
  net.client.send_on(0x4000, "and back");
  CHECK(net.world.host.to_peers.size() == 1);
  net.world.pass(299s);
  REQUIRE(net.client.permit(kPeer) == 0);
  net.client.send_on(0x4000, "the channel is over");
  CHECK(net.world.host.to_peers.size() == 1);
  net.world.peer_sends(kPeer, net.client.relayed(), "down");
  CHECK(net.client.heard() == "203.0.113.9:1000 down");

  CHECK(net.client.bind(0x4000, kOther) == stun::kBadRequest);
  CHECK(net.client.bind(0x4001, kPeer) == stun::kBadRequest);
  net.world.pass(301s);
  CHECK(net.client.bind(0x4000, kOther) == 0);
}

TEST_CASE("an allocation has so many channels and no more", "[turn][server]") {
  BoundClient net(kPeer);
  for (std::uint16_t i = 1; i < kChannelsMax; ++i) {
    REQUIRE(net.client.bind(static_cast<std::uint16_t>(0x4000 + i),
                            {kPeer.ip, static_cast<std::uint16_t>(2000 + i)}) == 0);
  }
  CHECK(net.client.bind(0x4fff, {kPeer.ip, 9999}) == kInsufficientCapacity);
}
