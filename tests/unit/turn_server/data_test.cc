// What passes, in both forms, and what does not (RFC 8656, sections 11 and 12).
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/error_codes.h"
#include "stun/filler.h"
#include "stun/string_makers.h"
#include "turn_client.h"

using namespace floe;
using namespace floe::testing;
using namespace floe::turn;

namespace {

const TransportAddress kPeer = at("203.0.113.9:1000");

}  // namespace

TEST_CASE("another five-tuple cannot use an allocation", "[turn][server]") {
  BoundClient net(kPeer);
  TurnClient thief(net.world, "192.0.2.8:5000");
  thief.send_on(0x4000, "by channel");
  thief.send(kPeer, "by indication");
  TurnClient other_port(net.world, "192.0.2.7:5001");
  other_port.send_on(0x4000, "from another port");
  TurnClient other_transport(net.world, "192.0.2.7:5000");
  other_transport.path.transport = Transport::tcp;
  other_transport.send_on(0x4000, "over TCP");
  TurnClient other_server(net.world, "192.0.2.7:5000");
  other_server.path.local.port = 3479;
  other_server.send_on(0x4000, "to another port of the server");
  CHECK(net.world.host.to_peers.empty());
  CHECK(net.world.server.counters().no_allocation == 5);
  CHECK(thief.refresh(0) == kAllocationMismatch);
}

TEST_CASE("what ICMP says of a peer is told to its client", "[turn][server]") {
  BoundClient net(kPeer);
  const TransportAddress other_port{kPeer.ip, 4321};
  const Icmp too_big{.type = 3, .code = 4, .error_data = {0, 0, 0x05, 0x14}};
  net.world.peer_is_unreachable(other_port, net.client.relayed(), too_big);
  const auto told = net.client.reply();
  REQUIRE(told);
  CHECK(told->message().message_class() == stun::Class::indication);
  CHECK(told->message().method() == stun::Method::data);
  CHECK(told->get<XorPeerAddress>().address == other_port);
  CHECK(told->get<Icmp>().type == 3);
  CHECK(told->get<Icmp>().code == 4);
  CHECK(told->get<Icmp>().error_data == too_big.error_data);
  CHECK_FALSE(told->message().has(stun::AttributeType::data));
  net.world.peer_is_unreachable(kPeer, net.client.relayed(), {.type = 11});
  CHECK(net.client.reply());
  CHECK(net.world.server.counters().errors_to_clients == 2);
}

TEST_CASE("what ICMP says of strangers, and all else that it says, is dropped", "[turn][server]") {
  BoundClient net(kPeer);
  net.world.peer_is_unreachable(at("203.0.113.10:1000"), net.client.relayed(), {.type = 3});
  CHECK(net.world.server.counters().no_permission == 1);
  for (const int type : {0, 1, 2, 4, 5, 8, 12}) {
    net.world.peer_is_unreachable(kPeer, net.client.relayed(),
                                  {.type = static_cast<std::uint8_t>(type)});
  }
  net.world.server.handle_peer_error(net.world.now, RelayId(9999), kPeer, {.type = 3});
  CHECK(net.world.server.counters().no_allocation == 1);
  CHECK_FALSE(net.client.reply());
}

TEST_CASE("data has any size and content, none included", "[turn][server]") {
  BoundClient net(kPeer);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1500}}) {
    const std::string text(size, 'x');
    net.client.send_on(0x4000, text);
    net.client.send(kPeer, text);
    net.world.peer_sends(kPeer, net.client.relayed(), text);
    CHECK(net.client.heard() == "16384 " + text);
  }
  REQUIRE(net.world.host.to_peers.size() == 6);
  CHECK(net.world.host.to_peers[5].bytes.size() == 1500);
  CHECK(net.world.server.counters().to_peers == 6);
  CHECK(net.world.server.counters().to_peers_bytes == 3002);
}

TEST_CASE("a Send indication may have more in it than a server knows, up to an MTU",
          "[turn][server]") {
  BoundClient net(kPeer);
  const std::string check(1200, 'c');
  ByteVector buffer(1472);
  stun::MessageBuilder builder(buffer, stun::Class::indication, stun::Method::send, {9});
  builder.add(Filler{200}).add(XorPeerAddress{kPeer}).add(Data{as_bytes(check)});
  net.client.send_raw(*builder.finish());
  REQUIRE(net.world.host.to_peers.size() == 1);
  CHECK(as_text(net.world.host.to_peers[0].bytes) == check);
}

TEST_CASE("a long datagram reaches the client in both forms, if there is room for a header",
          "[turn][server]") {
  BoundClient net(kPeer);
  const std::string longest(65507, 'x');
  net.world.peer_sends(kPeer, net.client.relayed(), longest);
  CHECK(net.client.heard() == "16384 " + longest);
  net.world.peer_sends(at("203.0.113.9:2"), net.client.relayed(), longest);
  CHECK(net.client.heard().empty());
  CHECK(net.world.server.counters().too_long == 1);
  const std::string text(65000, 'x');
  net.world.peer_sends(at("203.0.113.9:2"), net.client.relayed(), text);
  CHECK(net.client.heard() == "203.0.113.9:2 " + text);
}

TEST_CASE("P61: ChannelData is padded on streams, and only there", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  const auto size_over = [&](Transport transport) {
    client.path.transport = transport;
    REQUIRE(client.allocate() == 0);
    REQUIRE(client.bind(0x4000, kPeer) == 0);
    world.peer_sends(kPeer, client.relayed(), "hello");
    const std::size_t size = world.host.to_clients.back().bytes.size();
    CHECK(client.refresh(0) == 0);
    world.host.to_clients.clear();
    return size;
  };
  CHECK(size_over(Transport::udp) == 9);
  CHECK(size_over(Transport::tcp) == 12);
  CHECK(size_over(Transport::tls) == 12);
}

TEST_CASE("P62: two clients of one server are each other's peers", "[turn][server]") {
  TurnWorld world;
  TurnClient left(world, "192.0.2.7:5000");
  TurnClient right(world, "192.0.2.8:5000", "bob", "hidden");
  REQUIRE(left.allocate() == 0);
  REQUIRE(right.allocate() == 0);
  REQUIRE(left.bind(0x4000, right.relayed()) == 0);
  left.send_on(0x4000, "no permission there");
  CHECK(right.heard().empty());
  REQUIRE(right.permit(left.relayed()) == 0);
  left.send_on(0x4000, "over there");
  CHECK(right.heard() == left.relayed().to_text() + " over there");
  right.send(left.relayed(), "and back");
  CHECK(left.heard() == "16384 and back");
  CHECK(world.host.to_peers.empty());
  CHECK(world.server.counters().in_process == 3);
}

TEST_CASE("the server's own address may be a peer's, but only where a relay is", "[turn][server]") {
  TurnWorld world;
  const IpAddress own = IpAddress::v4(198, 51, 100, 1);
  TurnClient client(world, "192.0.2.7:5000");
  REQUIRE(client.allocate() == 0);
  world.policy.denied = {own};
  CHECK(client.permit({own, 22}) == 0);
  client.send({own, 22}, "to what else listens here");
  CHECK(world.host.to_peers.empty());
  CHECK(world.server.counters().forbidden == 1);
}

TEST_CASE("an indication that is not whole goes nowhere", "[turn][server]") {
  BoundClient net(kPeer);
  std::array<std::uint8_t, 256> buffer;
  const auto send = [&](const TurnClient::Fill& fill) {
    stun::MessageBuilder builder(buffer, stun::Class::indication, stun::Method::send, {1});
    fill(builder);
    net.client.send_raw(*builder.finish());
  };
  send([](auto&) {});
  send([](auto& b) { b.add(XorPeerAddress{kPeer}); });
  send([](auto& b) { b.add(Data{as_bytes("x")}); });
  send([](auto& b) { b.add(XorPeerAddress{kPeer}).add(Data{as_bytes("x")}).add(DontFragment{}); });
  CHECK(net.world.host.to_peers.empty());
  CHECK(net.world.server.counters().malformed == 4);
}

TEST_CASE("a peer of a family that was not allocated is not sent to", "[turn][server]") {
  BoundClient net(kPeer);
  net.client.send(at("[2001:db8::9]:1"), "x");
  CHECK(net.world.server.counters().no_relay_of_family == 1);
}
