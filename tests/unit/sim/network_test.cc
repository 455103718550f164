// Prefixes, and where a network sends what.
#include <catch2/catch_test_macros.hpp>

#include "floe/sim/network.h"
#include "sim/postbox.h"

using namespace floe;
using namespace floe::sim;

namespace {

IpAddress ip(std::string_view text) {
  return *IpAddress::parse(text);
}

struct Nobody final : Node {
  void arrive(Attachment&, PacketId) override {}
};

}  // namespace

TEST_CASE("a prefix contains the addresses of its family that begin like it", "[sim]") {
  struct Row {
    std::string_view prefix;
    std::string_view address;
    bool contains;
  };
  constexpr Row kRows[]{
      {"192.168.1.0/24", "192.168.1.255", true},
      {"192.168.1.0/24", "192.168.2.0", false},
      {"192.168.1.77/24", "192.168.1.1", true},
      {"0.0.0.0/0", "203.0.113.1", true},
      {"0.0.0.0/0", "2001:db8::1", false},
      {"::/0", "2001:db8::1", true},
      {"::/0", "192.0.2.1", false},
      {"2001:db8::/32", "2001:db8:ffff::1", true},
      {"2001:db8::/32", "2001:db9::1", false},
      {"2001:db8::/64", "2001:db8:0:1::1", false},
      {"2001:db8::/96", "2001:db8::1:1", true},
      {"2001:db8::/96", "2001:db8::1:0:1", false},
      {"2001:db8::1/128", "2001:db8::1", true},
      {"2001:db8::1/128", "2001:db8::2", false},
      {"192.0.2.1/32", "192.0.2.1", true},
      {"192.0.2.1/32", "192.0.2.0", false},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.prefix, row.address);
    CHECK(Prefix::parse(row.prefix)->contains(ip(row.address)) == row.contains);
  }
}

TEST_CASE("what is no prefix is not taken for one", "[sim]") {
  for (const std::string_view text :
       {"192.0.2.0", "192.0.2.0/", "192.0.2.0/33", "2001:db8::/129", "/24", "192.0.2.0/2x",
        "192.0.2.0/-1", "192.0.2.0/0024", "[2001:db8::]/32"}) {
    CAPTURE(text);
    CHECK_FALSE(Prefix::parse(text));
  }
}

TEST_CASE("a network sends to who is there, else along the longest prefix", "[sim]") {
  Network network("lan", {*Prefix::parse("10.0.0.0/16")});
  Nobody node;
  Attachment host(node, network, {}, 0);
  Attachment router(node, network, {}, 1);
  Attachment tunnel(node, network, {}, 2);
  network.add_address(ip("10.0.0.1"), host);
  network.add_route(Prefix::all(Family::ipv4), router);
  network.add_route(*Prefix::parse("10.0.7.0/24"), tunnel);

  CHECK(network.next_hop(ip("10.0.0.1")) == &host);
  CHECK(network.next_hop(ip("192.0.2.1")) == &router);
  CHECK(network.next_hop(ip("10.0.7.1")) == &tunnel);
  CHECK(network.next_hop(ip("10.0.0.2")) == nullptr);
  CHECK(network.next_hop(ip("2001:db8::1")) == nullptr);
  CHECK(network.next_hop(ip("169.254.1.1")) == nullptr);
  network.remove_address(ip("10.0.0.1"));
  CHECK(network.next_hop(ip("10.0.0.1")) == nullptr);
}

TEST_CASE("a packet that goes in circles is lost", "[sim]") {
  // Two firewalls between the same networks, whose prefixes each leads to the other.
  World world(1);
  Network& left = world.add_network("left", {*Prefix::parse("10.1.0.0/16")});
  Network& right = world.add_network("right", {*Prefix::parse("10.2.0.0/16")});
  world.add_firewall("there", left, right, Firewall::stateful());
  world.add_firewall("back", right, left, Firewall::stateful());
  Postbox box(world, world.add_host("host", left, {ip("10.1.0.1")}), ip("10.1.0.1"));
  box.send({ip("192.0.2.1"), 1000});
  world.run_for(10s);
  CHECK(world.trace().counters().lost == 1);
  CHECK(world.trace().lines(1).front().find("hop limit") != std::string::npos);
}
