// Consent, and what a stranger costs, through a gateway with real sockets on loopback.
#include <catch2/catch_test_macros.hpp>

#include "address_policy.h"
#include "consent/gate_world.h"
#include "floe/native/http_server.h"
#include "floe/rooms/access_control.h"
#include "raw_tunnel.h"
#include "tunnel_service.h"
#include "udp_peer.h"

using namespace floe;
using namespace floe::gateway;
using consent::test::check;
using consent::test::kData;
using consent::test::success;
using gateway::test::RawTunnel;
using native::test::kLoopback;
using native::test::run_for;
using native::test::run_until;
using native::test::UdpPeer;

namespace {

const tunnel::SocketId kSocket{1};
const tunnel::PeerId kPeerId{1};

GatewayOptions open_options() {
  GatewayOptions options;
  options.insecure_dev = true;
  return options;
}

native::HttpServerOptions on_loopback() {
  native::HttpServerOptions options;
  options.address.ip = kLoopback;
  return options;
}

struct GatewayWorld {
  GatewayWorld() {
    server.add_subprotocol("floe.tunnel.1", tunnel);
    address = *server.listen();
    REQUIRE(run_until(host.loop(), [this] { return peer.bound; }));
  }

  template <class Predicate>
  bool until(Predicate done) {
    return run_until(host.loop(), done);
  }

  native::SystemHost host{{.log_minimum = LogLevel::error}};
  GatewayOptions options = open_options();
  Shared shared{options, host.api().crypto, host.api().random};
  rooms::RefusalLog refusals{host.api().log, "gateway"};
  native::Strangers strangers;
  AddressPolicy policy{{true, false}};
  TunnelService tunnel{host, host.udp_sockets(), options, shared, policy, refusals, strangers};
  native::HttpServer server{host.web_socket_engine(), on_loopback()};
  TransportAddress address;
  UdpPeer peer{host.udp_sockets(), kLoopback};
};

}  // namespace

TEST_CASE("data before consent is not on the wire", "[gateway][consent]") {
  GatewayWorld world;
  RawTunnel client(world.host, world.address);
  REQUIRE(client.bind(kSocket));
  client.say_records(tunnel::PeerOpen{kSocket, kPeerId, world.peer.local});
  for (int i = 0; i < 50; ++i) {
    client.say_records(tunnel::Send{kSocket, {}, world.peer.local, kData});
  }
  REQUIRE(world.until([&] { return !client.opened.empty(); }));
  CHECK(client.opened[0].permission.state == tunnel::PermissionState::pending);
  client.say_records(tunnel::Send{kSocket, {}, world.peer.local, check(1)});
  REQUIRE(world.until([&] { return !world.peer.received.empty(); }));
  CHECK(world.peer.received[0].payload == check(1));

  // The peer answers: from now on data flows, both ways.
  world.peer.socket->send(client.bound[0].local, success(1));
  REQUIRE(world.until([&] { return !client.permissions.empty(); }));
  CHECK(client.permissions[0].peer == kPeerId);
  CHECK(client.permissions[0].permission.state == tunnel::PermissionState::open);
  CHECK(client.permissions[0].permission.lasts > 29s);
  client.say_records(tunnel::SendShort{kSocket, {}, kPeerId, kData});
  REQUIRE(world.until([&] { return world.peer.received.size() == 2; }));
  CHECK(as_text(world.peer.received[1].payload) == as_text(kData));
  world.peer.socket->send(client.bound[0].local, kData);
  CHECK(world.until([&] { return client.received.size() == 2; }));
}

TEST_CASE("a client that sweeps ports is sent away", "[gateway][consent]") {
  GatewayWorld world;
  RawTunnel client(world.host, world.address);
  REQUIRE(client.bind(kSocket));
  for (std::uint16_t i = 0; i < 1000 && !client.closed; ++i) {
    const TransportAddress to{kLoopback, static_cast<std::uint16_t>(20'000 + i)};
    client.say_records(tunnel::Send{kSocket, {}, to, check(i)});
    if (i % 50 == 0) run_for(world.host.loop(), Duration(1ms));
  }
  REQUIRE(world.until([&] { return client.closed.has_value(); }));
  CHECK(client.closed == 4011);
  CHECK_FALSE(client.close_reason.empty());
  CHECK(world.until([&] { return world.shared.quotas.sockets.used() == 0; }));
}

TEST_CASE("a stranger sends small messages only", "[gateway]") {
  GatewayWorld world;
  RawTunnel client(world.host, world.address);
  SECTION("a long one ends the connection") {
    client.say(ByteVector(9000));
    REQUIRE(world.until([&] { return client.closed.has_value(); }));
    CHECK(client.closed == close_codes::kMessageTooBig);
  }
  SECTION("a HELLO with the longest token is short enough") {
    client.say_records(tunnel::Hello{1, 1, {}, ByteVector(tunnel::kMaxTokenSize)});
    client.say_records(tunnel::Bind{kSocket, {kLoopback, 0, 0}});
    CHECK(world.until([&] { return !client.bound.empty(); }));
  }
  SECTION("afterwards it may be long") {
    REQUIRE(client.bind(kSocket));
    client.say_records(tunnel::Send{kSocket, {}, world.peer.local, ByteVector(60'000)},
                       tunnel::PeerOpen{kSocket, kPeerId, world.peer.local});
    CHECK(world.until([&] { return !client.opened.empty(); }));
    CHECK_FALSE(client.closed);
  }
}

TEST_CASE("a socket that cannot be bound costs nothing", "[gateway]") {
  GatewayWorld world;
  RawTunnel client(world.host, world.address);
  const tunnel::Bind elsewhere{kSocket, {IpAddress::v4(192, 0, 2, 1), 0, 0}};
  const std::uint16_t taken = world.peer.local.port;
  const tunnel::Bind in_use{kSocket, {kLoopback, taken, taken}};
  const tunnel::Bind good{kSocket, {kLoopback, 0, 0}};
  SECTION("a refusal does not hit the socket that is bound after it") {
    client.say_records(tunnel::Hello{1, 1, {}, {}}, elsewhere, tunnel::CloseSocket{kSocket}, good);
    REQUIRE(world.until([&] { return !client.bound.empty(); }));
    run_for(world.host.loop(), Duration(20ms));
    CHECK(client.sockets_closed.size() == 1);
    CHECK(world.shared.quotas.sockets.used() == 1);
    client.say_records(tunnel::CloseSocket{kSocket});
    CHECK(world.until([&] { return world.shared.quotas.sockets.used() == 0; }));
  }
  SECTION("a port in use gives its place back") {
    client.say_records(tunnel::Hello{1, 1, {}, {}}, in_use);
    REQUIRE(world.until([&] { return !client.sockets_closed.empty(); }));
    CHECK(world.until([&] { return world.shared.quotas.sockets.used() == 0; }));
    client.say_records(good);
    CHECK(world.until([&] { return !client.bound.empty(); }));
  }
}

TEST_CASE("sockets of random clients give all their places back", "[gateway]") {
  GatewayWorld world;
  for (unsigned round = 0; round < 30; ++round) {
    RawTunnel client(world.host, world.address);
    client.say_records(tunnel::Hello{1, 1, {}, {}});
    for (unsigned i = 0; i < 40; ++i) {
      const tunnel::SocketId socket{static_cast<std::uint16_t>(1 + (i * 7 + round) % 9)};
      const IpAddress ip = i % 5 == 0 ? IpAddress::v4(192, 0, 2, 1) : kLoopback;
      if (i % 3 == 2) {
        client.say_records(tunnel::CloseSocket{socket});
      } else {
        client.say_records(tunnel::Bind{socket, {ip, 0, 0}});
      }
      if (i % 4 == 0) world.host.loop().run_once(Duration(1ms));
    }
  }
  CHECK(world.until([&] { return world.shared.quotas.sessions.used() == 0; }));
  CHECK(world.shared.quotas.sockets.used() == 0);
}
