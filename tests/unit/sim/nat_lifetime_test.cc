// When mappings and filters of a NAT end.
#include <catch2/catch_test_macros.hpp>

#include "sim/behind_nat.h"

using namespace floe;
using namespace floe::sim;

namespace {

/// Each probe of Postbox takes a second.
constexpr Duration kProbe = 1s;

Nat short_lived(bool inbound_refreshes) {
  Nat nat = Nat::port_restricted();
  nat.lifetime = 10s;
  nat.inbound_refreshes = inbound_refreshes;
  nat.ports = PortChoice::random;
  return nat;
}

}  // namespace

TEST_CASE("a mapping is forgotten when nothing has used it for its lifetime", "[sim]") {
  BehindNat net(short_lived(false));
  const auto before = net.inside.seen_by(net.server);
  net.world.run_for(10s);
  CHECK(net.nat.mapping_count() == 0);
  CHECK_FALSE(net.server.reaches(net.inside, *before));
  CHECK(net.inside.seen_by(net.server) != before);
}

TEST_CASE("packets from inside keep a mapping", "[sim]") {
  BehindNat net(short_lived(false));
  const auto before = net.inside.seen_by(net.server);
  for (int i = 0; i < 5; ++i) {
    net.world.run_for(9s - kProbe);
    CHECK(net.inside.seen_by(net.server) == before);
  }
}

TEST_CASE("packets from outside keep a mapping only where they count", "[sim]") {
  for (const bool counts : {false, true}) {
    CAPTURE(counts);
    BehindNat net(short_lived(counts));
    const TransportAddress mapped = *net.inside.seen_by(net.server);
    net.world.run_for(7s);
    CHECK(net.server.reaches(net.inside, mapped));
    net.world.run_for(7s);
    CHECK(net.server.reaches(net.inside, mapped) == counts);
  }
}

TEST_CASE("what a filter refuses keeps no mapping alive", "[sim]") {
  BehindNat net(short_lived(true));
  const TransportAddress mapped = *net.inside.seen_by(net.server);
  net.world.run_for(7s);
  CHECK_FALSE(net.other_server.reaches(net.inside, mapped));
  net.world.run_for(3s);
  CHECK(net.nat.mapping_count() == 0);
}

TEST_CASE("a filter ends by itself while its mapping lives on", "[sim]") {
  BehindNat net(short_lived(false));
  const TransportAddress mapped = *net.inside.seen_by(net.server);
  net.world.run_for(7s);
  REQUIRE(net.inside.seen_by(net.other_server) == mapped);
  net.world.run_for(4s);
  CHECK_FALSE(net.server.reaches(net.inside, mapped));
  CHECK(net.other_server.reaches(net.inside, mapped));
}

TEST_CASE("a NAT that restarts has forgotten its mappings", "[sim]") {
  BehindNat net(short_lived(false));
  const TransportAddress before = *net.inside.seen_by(net.server);
  net.nat.reboot();
  CHECK_FALSE(net.server.reaches(net.inside, before));
  const auto after = net.inside.seen_by(net.server);
  REQUIRE(after);
  CHECK(*after != before);
  CHECK(net.server.reaches(net.inside, *after));
}

TEST_CASE("a NAT whose address changes is found at the new one only", "[sim]") {
  BehindNat net(Nat::full_cone());
  const TransportAddress before = *net.inside.seen_by(net.server);
  net.nat.set_external(IpAddress::v4(203, 0, 113, 9));
  CHECK_FALSE(net.server.reaches(net.inside, before));
  const TransportAddress after = *net.inside.seen_by(net.server);
  CHECK(after.ip == IpAddress::v4(203, 0, 113, 9));
  CHECK(net.server.reaches(net.inside, after));
}
