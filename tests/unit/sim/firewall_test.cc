// Firewalls that translate nothing.
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "sim/postbox.h"

using namespace floe;
using namespace floe::sim;

namespace {

IpAddress ip(std::string_view text) {
  return *IpAddress::parse(text);
}

struct FirewalledNet {
  explicit FirewalledNet(const Firewall& kind, bool is_ipv4 = false)
      : inside_ip(ip(is_ipv4 ? "198.18.1.10" : "2001:db8:1::a")),
        peer_ip(ip(is_ipv4 ? "192.0.2.1" : "2001:db8::1")),
        other_ip(ip(is_ipv4 ? "192.0.2.2" : "2001:db8::2")),
        campus(world.add_network(
            "campus", {*Prefix::parse("198.18.1.0/24"), *Prefix::parse("2001:db8:1::/64")})),
        box(world.add_firewall("firewall", campus, world.internet(), kind)),
        inside(world, world.add_host("inside", campus, {inside_ip}), inside_ip, 5000),
        outside_host(world.add_host("outside", {peer_ip, other_ip})),
        peer(world, outside_host, peer_ip, 1000),
        peer_other_port(world, outside_host, peer_ip, 2000),
        other(world, outside_host, other_ip, 1000) {}

  World world{1};
  IpAddress inside_ip;
  IpAddress peer_ip;
  IpAddress other_ip;
  Network& campus;
  FirewallBox& box;
  Postbox inside;
  SimHost& outside_host;
  Postbox peer;
  Postbox peer_other_port;
  Postbox other;
};

}  // namespace

TEST_CASE("a firewall changes no address, and lets in whom its kind of filter knows", "[sim]") {
  for (const bool is_ipv4 : {false, true}) {
    for (const Dependence filtering :
         {Dependence::endpoint_independent, Dependence::address_dependent,
          Dependence::address_and_port_dependent}) {
      CAPTURE(is_ipv4, static_cast<int>(filtering));
      FirewalledNet net(Firewall::stateful(filtering), is_ipv4);
      const TransportAddress inside = net.inside.local();
      CHECK_FALSE(net.peer.reaches(net.inside, inside));
      CHECK(net.inside.seen_by(net.peer) == inside);
      CHECK(net.peer.seen_by(net.inside) == net.peer.local());
      CHECK(net.peer_other_port.reaches(net.inside, inside) ==
            (filtering != Dependence::address_and_port_dependent));
      CHECK(net.other.reaches(net.inside, inside) ==
            (filtering == Dependence::endpoint_independent));
    }
  }
}

TEST_CASE("a flow through a firewall ends when nothing from inside has used it", "[sim]") {
  FirewalledNet net({.lifetime = 10s});
  REQUIRE(net.inside.seen_by(net.peer));
  net.world.run_for(7s);
  CHECK(net.peer.reaches(net.inside, net.inside.local()));
  net.world.run_for(3s);
  CHECK_FALSE(net.peer.reaches(net.inside, net.inside.local()));
}

TEST_CASE("a firewall that restarts has forgotten its flows", "[sim]") {
  FirewalledNet net(Firewall::stateful());
  REQUIRE(net.inside.seen_by(net.peer));
  net.box.reboot();
  CHECK_FALSE(net.peer.reaches(net.inside, net.inside.local()));
}

TEST_CASE("a firewall that is full begins no flow, until one has ended", "[sim]") {
  FirewalledNet net({.lifetime = 10s, .flows_max = 1});
  REQUIRE(net.inside.seen_by(net.peer));
  Postbox second(net.world, net.world.add_host("second", net.campus, {ip("2001:db8:1::b")}),
                 ip("2001:db8:1::b"));
  CHECK_FALSE(second.seen_by(net.peer));
  net.world.run_for(10s);
  CHECK(second.seen_by(net.peer));
}

TEST_CASE("where UDP is blocked none passes, either way", "[sim]") {
  FirewalledNet net(Firewall::udp_blocked());
  CHECK_FALSE(net.inside.seen_by(net.peer));
  CHECK_FALSE(net.peer.reaches(net.inside, net.inside.local()));
}

TEST_CASE("a firewall for one family leaves the other to a NAT beside it", "[sim]") {
  World world(1);
  Network& home = world.add_network(
      "home", {*Prefix::parse("192.168.1.0/24"), *Prefix::parse("2001:db8:1::/64")});
  world.add_nat("router", home, world.internet(), ip("203.0.113.1"), Nat::full_cone());
  world.add_firewall("firewall", home, world.internet(), Firewall::stateful(), Family::ipv6);
  SimHost& host = world.add_host("host", home, {ip("192.168.1.2"), ip("2001:db8:1::2")});
  SimHost& server = world.add_host("server", {ip("192.0.2.1"), ip("2001:db8::1")});
  Postbox v4(world, host, ip("192.168.1.2"));
  Postbox v6(world, host, ip("2001:db8:1::2"));
  Postbox server_v4(world, server, ip("192.0.2.1"));
  Postbox server_v6(world, server, ip("2001:db8::1"));
  CHECK(v4.seen_by(server_v4)->ip == ip("203.0.113.1"));
  CHECK(v6.seen_by(server_v6) == v6.local());
  // The internet knows no way to private addresses.
  CHECK_FALSE(server_v4.reaches(v4, v4.local()));
}

TEST_CASE("firewalls nest: a provider's prefix covers the home's", "[sim]") {
  World world(1);
  Network& provider = world.add_network("provider", {*Prefix::parse("2001:db8:1::/48")});
  Network& home = world.add_network("home", {*Prefix::parse("2001:db8:1:2::/64")});
  world.add_firewall("provider firewall", provider, world.internet(),
                     Firewall::stateful(Dependence::endpoint_independent));
  world.add_firewall("home firewall", home, provider, Firewall::stateful());
  Postbox inside(world, world.add_host("inside", home, {ip("2001:db8:1:2::a")}),
                 ip("2001:db8:1:2::a"));
  SimHost& outside = world.add_host("outside", {ip("2001:db8::1"), ip("2001:db8::2")});
  Postbox peer(world, outside, ip("2001:db8::1"));
  Postbox stranger(world, outside, ip("2001:db8::2"));
  CHECK(inside.seen_by(peer) == inside.local());
  CHECK(peer.reaches(inside, inside.local()));
  CHECK_FALSE(stranger.reaches(inside, inside.local()));
}
