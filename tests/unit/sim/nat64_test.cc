// Hosts without IPv4 that reach hosts without IPv6.
#include <catch2/catch_test_macros.hpp>

#include "sim/postbox.h"

using namespace floe;
using namespace floe::sim;

namespace {

IpAddress ip(std::string_view text) {
  return *IpAddress::parse(text);
}

struct Nat64Net {
  explicit Nat64Net(const Nat& nat = Nat::full_cone(), const Nat64Prefix& prefix = Nat64Prefix())
      : mobile(world.add_network("mobile", {*Prefix::parse("2001:db8:1::/64")})),
        box(world.add_nat64("NAT64", mobile, world.internet(), ip("203.0.113.1"), nat, prefix)),
        phone(world, world.add_host("phone", mobile, {ip("2001:db8:1::2")}), ip("2001:db8:1::2"),
              5000),
        server(world, world.add_host("server", {ip("192.0.2.33")}), ip("192.0.2.33"), 3478) {}

  World world{1};
  Network& mobile;
  Nat64Box& box;
  Postbox phone;
  Postbox server;
};

}  // namespace

TEST_CASE("the examples of RFC 6052, section 2.4, hold", "[sim]") {
  struct Row {
    std::string_view prefix;
    std::string_view address;
  };
  constexpr Row kRows[]{
      {"2001:db8::/32", "2001:db8:c000:221::"},
      {"2001:db8:100::/40", "2001:db8:1c0:2:21::"},
      {"2001:db8:122::/48", "2001:db8:122:c000:2:2100::"},
      {"2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"},
      {"2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"},
      {"2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"},
      {"64:ff9b::/96", "64:ff9b::192.0.2.33"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.prefix);
    const auto prefix = Nat64Prefix::of(*Prefix::parse(row.prefix));
    REQUIRE(prefix);
    CHECK(prefix->embed(ip("192.0.2.33")) == ip(row.address));
    CHECK(prefix->extract(ip(row.address)) == ip("192.0.2.33"));
  }
}

TEST_CASE("a NAT64 takes prefixes of RFC 6052's lengths only", "[sim]") {
  CHECK_FALSE(Nat64Prefix::of(*Prefix::parse("2001:db8::/33")));
  CHECK_FALSE(Nat64Prefix::of(*Prefix::parse("2001:db8::/128")));
  CHECK_FALSE(Nat64Prefix::of(*Prefix::parse("192.0.2.0/32")));
}

TEST_CASE("an IPv6 host reaches an IPv4 host through a NAT64, and is answered", "[sim]") {
  Nat64Net net;
  const auto seen = net.phone.seen_by(net.server, {ip("64:ff9b::192.0.2.33"), 3478});
  REQUIRE(seen);
  CHECK(seen->ip == ip("203.0.113.1"));
  REQUIRE(net.server.reaches(net.phone, *seen));
  CHECK(net.phone.letters().back().from == TransportAddress{ip("64:ff9b::192.0.2.33"), 3478});
  CHECK(net.phone.letters().back().to == net.phone.local());
}

TEST_CASE("a NAT64 filters as a NAT of its kind does", "[sim]") {
  Nat64Net net(Nat::port_restricted());
  Postbox stranger(net.world, net.world.add_host("stranger", {ip("192.0.2.34")}), ip("192.0.2.34"));
  const auto seen = net.phone.seen_by(net.server, {ip("64:ff9b::192.0.2.33"), 3478});
  REQUIRE(seen);
  CHECK_FALSE(stranger.reaches(net.phone, *seen));
}

TEST_CASE("two hosts behind a NAT64 meet at its external address", "[sim]") {
  for (const Hairpin kind : {Hairpin::none, Hairpin::external_source}) {
    Nat64Net net(Nat::full_cone().with_hairpin(kind));
    Postbox other(net.world, net.world.add_host("other", net.mobile, {ip("2001:db8:1::3")}),
                  ip("2001:db8:1::3"));
    const auto mapped = other.seen_by(net.server, {ip("64:ff9b::192.0.2.33"), 3478});
    REQUIRE(mapped);
    const auto seen = net.phone.seen_by(other, {net.box.prefix().embed(mapped->ip), mapped->port});
    CHECK(seen.has_value() == (kind != Hairpin::none));
    if (seen) CHECK(seen->ip == ip("64:ff9b::203.0.113.1"));
  }
}

TEST_CASE("a NAT64 may have a prefix of the network's own", "[sim]") {
  Nat64Net net(Nat::full_cone(), *Nat64Prefix::of(*Prefix::parse("2001:db8:64::/64")));
  const IpAddress server = net.box.prefix().embed(ip("192.0.2.33"));
  CHECK(net.phone.reaches(net.server, {server, 3478}));
  CHECK_FALSE(net.phone.reaches(net.server, {ip("64:ff9b::192.0.2.33"), 3478}));
}

TEST_CASE("a NAT64 that restarts has forgotten its mappings", "[sim]") {
  Nat64Net net;
  const auto seen = net.phone.seen_by(net.server, {ip("64:ff9b::192.0.2.33"), 3478});
  REQUIRE(seen);
  net.box.reboot();
  CHECK_FALSE(net.server.reaches(net.phone, *seen));
}
