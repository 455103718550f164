// Hairpinning, and NATs behind NATs.
#include <catch2/catch_test_macros.hpp>

#include "sim/behind_nat.h"

using namespace floe;
using namespace floe::sim;

TEST_CASE("a NAT turns packets to itself round, or loses them, as its kind says", "[sim]") {
  for (const Hairpin kind : {Hairpin::none, Hairpin::external_source, Hairpin::internal_source}) {
    CAPTURE(static_cast<int>(kind));
    BehindNat net(Nat::full_cone().with_hairpin(kind));
    Postbox neighbour(net.world, net.second_host, IpAddress::v4(192, 168, 1, 3), 6000);
    const TransportAddress mine = *net.inside.seen_by(net.server);
    const TransportAddress theirs = *neighbour.seen_by(net.server);

    const auto seen = net.inside.seen_by(neighbour, theirs);
    switch (kind) {
      case Hairpin::none:
        CHECK_FALSE(seen);
        break;
      case Hairpin::external_source:
        CHECK(seen == mine);
        break;
      case Hairpin::internal_source:
        CHECK(seen == net.inside.local());
        break;
    }
  }
}

TEST_CASE("a filter holds for packets that were turned round, too", "[sim]") {
  BehindNat net(Nat::port_restricted().with_hairpin());
  Postbox neighbour(net.world, net.second_host, IpAddress::v4(192, 168, 1, 3), 6000);
  const TransportAddress mine = *net.inside.seen_by(net.server);
  const TransportAddress theirs = *neighbour.seen_by(net.server);
  CHECK_FALSE(net.inside.reaches(neighbour, theirs));
  CHECK(neighbour.reaches(net.inside, mine));
  CHECK(net.inside.reaches(neighbour, theirs));
}

TEST_CASE("two homes behind one carrier meet at the carrier's NAT if it turns packets round",
          "[sim]") {
  for (const bool turns : {false, true}) {
    CAPTURE(turns);
    World world(1);
    Network& carrier = world.add_network("carrier", {Prefix(IpAddress::v4(100, 64, 0, 0), 16)});
    world.add_nat("carrier NAT", carrier, world.internet(), IpAddress::v4(203, 0, 113, 1),
                  turns ? Nat::full_cone().with_hairpin() : Nat::full_cone());
    const auto add_home = [&](std::uint8_t number) -> SimHost& {
      Network& home = world.add_network("home", {Prefix(IpAddress::v4(192, 168, 1, 0), 24)});
      world.add_nat("router", home, carrier, IpAddress::v4(100, 64, 0, number), Nat::full_cone());
      return world.add_host("host", home, {IpAddress::v4(192, 168, 1, 2)});
    };
    Postbox left(world, add_home(1), IpAddress::v4(192, 168, 1, 2), 5000);
    Postbox right(world, add_home(2), IpAddress::v4(192, 168, 1, 2), 5000);
    Postbox server(world, world.add_host("server", {IpAddress::v4(192, 0, 2, 1)}),
                   IpAddress::v4(192, 0, 2, 1), 3478);

    const TransportAddress left_mapped = *left.seen_by(server);
    const TransportAddress right_mapped = *right.seen_by(server);
    CHECK(left_mapped.ip == IpAddress::v4(203, 0, 113, 1));
    CHECK(right_mapped.ip == left_mapped.ip);
    CHECK(right_mapped.port != left_mapped.port);
    CHECK(server.reaches(left, left_mapped));
    CHECK(left.reaches(right, right_mapped) == turns);
    // Their private addresses are the same: what goes there stays at home.
    CHECK_FALSE(left.reaches(right, right.local()));
  }
}

TEST_CASE("the stricter of two NATs decides", "[sim]") {
  World world(1);
  Network& carrier = world.add_network("carrier", {Prefix(IpAddress::v4(100, 64, 0, 0), 16)});
  Network& home = world.add_network("home", {Prefix(IpAddress::v4(192, 168, 1, 0), 24)});
  world.add_nat("carrier NAT", carrier, world.internet(), IpAddress::v4(203, 0, 113, 1),
                Nat::full_cone());
  world.add_nat("router", home, carrier, IpAddress::v4(100, 64, 0, 2), Nat::port_restricted());
  SimHost& server_host =
      world.add_host("server", {IpAddress::v4(192, 0, 2, 1), IpAddress::v4(192, 0, 2, 2)});
  Postbox inside(world, world.add_host("host", home, {IpAddress::v4(192, 168, 1, 2)}),
                 IpAddress::v4(192, 168, 1, 2));
  Postbox server(world, server_host, IpAddress::v4(192, 0, 2, 1));
  Postbox stranger(world, server_host, IpAddress::v4(192, 0, 2, 2));
  const TransportAddress mapped = *inside.seen_by(server);
  CHECK(server.reaches(inside, mapped));
  CHECK_FALSE(stranger.reaches(inside, mapped));
}
