// Whom clients of a real tunnel reach, and under which addresses.
#include "address_spellings.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::gateway;
using floe::gateway::test::ip;
using floe::gateway::test::Told;
using floe::gateway::test::TunnelWorld;
using floe::gateway::test::UdpEnd;
using floe::gateway::test::with_token;

namespace {

const Bytes kHello = as_bytes("hello");

}  // namespace

TEST_CASE("clients of one gateway meet, though its machine is closed", "[gateway]") {
  TunnelWorld world(with_token());
  world.start();
  UdpEnd a;
  UdpEnd b;
  world.bind(world.add_client(), a);
  world.bind(world.add_client(), b);
  REQUIRE((a.local && b.local));
  CHECK(world.options.addresses.ports.contains(a.local->port));
  a.socket->send(*b.local, kHello);
  REQUIRE(world.run_until([&] { return b.received.size() == 1; }));
  CHECK(b.from == a.local);
  b.socket->send(*a.local, kHello);
  REQUIRE(world.run_until([&] { return a.received.size() == 1; }));
}

TEST_CASE("behind a 1:1 NAT clients are told its address alone, and meet there", "[gateway]") {
  GatewayOptions options = with_token();
  const IpAddress outside = ip("203.0.113.77");
  options.addresses.external = {outside};
  TunnelWorld world(options);
  world.start();
  native::GatewayHost& client = world.add_client();
  UdpEnd a;
  UdpEnd b;
  world.bind(client, a);
  world.bind(world.add_client(), b);
  REQUIRE((a.local && b.local));
  const auto offered = client.api().network.addresses().value();
  REQUIRE(offered.size() == 1);
  CHECK(offered.front().ip == outside);
  CHECK(a.local->ip == outside);
  CHECK(b.local->ip == outside);
  a.socket->send(*b.local, kHello);
  REQUIRE(world.run_until([&] { return b.received.size() == 1; }));
  CHECK(b.from == a.local);
  CHECK(b.to == b.local);
  // A port of the machine that is no client's is closed, inside and outside.
  UdpEnd stranger;
  stranger.socket = world.host.udp_sockets().open({IpAddress::v4(127, 0, 0, 1)}, stranger);
  REQUIRE(world.run_until([&] { return stranger.local.has_value(); }));
  stranger.socket->send({IpAddress::v4(127, 0, 0, 1), a.local->port}, kHello);
  a.socket->send({outside, stranger.local->port}, kHello);
  a.socket->send(*stranger.local, kHello);
  a.socket->send(*b.local, kHello);
  REQUIRE(world.run_until([&] { return b.received.size() == 2; }));
  CHECK(stranger.received.empty());
  CHECK(a.received.empty());
}

TEST_CASE("a client gets no port outside of the operator's range", "[gateway]") {
  GatewayOptions options = with_token();
  options.addresses.ports = {41000, 41010};
  TunnelWorld world(options);
  world.start();
  native::GatewayHost& client = world.add_client();
  for (const std::uint16_t port : std::initializer_list<std::uint16_t>{443, 1024, 53000}) {
    UdpEnd end;
    world.bind(client, end, port, port);
    CHECK(end.error == BindError::denied);
  }
  UdpEnd end;
  world.bind(client, end);
  REQUIRE(end.local);
  CHECK(options.addresses.ports.contains(end.local->port));
}

TEST_CASE("a name of the operator's network is as unknown as one that nobody has", "[gateway]") {
  GatewayOptions options = with_token();
  SECTION("loopback is closed") {
    options.addresses.allow_loopback = false;
  }
  SECTION("loopback is open") {
    options.addresses.allow_loopback = true;
  }
  TunnelWorld world(options);
  world.start();
  native::GatewayHost& client = world.add_client();
  for (int i = 0; i < 2; ++i) {  // the second time out of the cache
    Told told;
    const auto resolution = client.api().resolver->resolve("localhost", told);
    REQUIRE(world.run_until([&] { return told.times == 1; }));
    CHECK(told.addresses.empty() != options.addresses.allow_loopback);
    if (!options.addresses.allow_loopback) CHECK(told.error == "no such host name");
  }
}
