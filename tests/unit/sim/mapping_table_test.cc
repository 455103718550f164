// The ports and the limits of a NAT.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "floe/sim/mapping_table.h"
#include "floe/sim/seeded_random.h"

using namespace floe;
using namespace floe::sim;

namespace {

constexpr Timestamp kNow{1000s};
const TransportAddress kFarEnd{IpAddress::v4(192, 0, 2, 1), 3478};

TransportAddress inside(std::uint8_t host, std::uint16_t port) {
  return {IpAddress::v4(10, 0, 0, host), port};
}

TransportAddress far_end(std::uint16_t port) {
  return {IpAddress::v4(192, 0, 2, 1), port};
}

}  // namespace

TEST_CASE("a NAT that preserves ports keeps the port if nobody has it, else takes the next",
          "[sim]") {
  SeededRandom random(1);
  MappingTable table(Nat::port_restricted(), random);
  CHECK(table.outbound(kNow, inside(2, 5000), kFarEnd) == 5000);
  CHECK(table.outbound(kNow, inside(3, 5000), kFarEnd) == 5001);
  CHECK(table.outbound(kNow, inside(4, 65535), kFarEnd) == 65535);
  CHECK(table.outbound(kNow, inside(5, 65535), kFarEnd) == 1024);
}

TEST_CASE("a sequential NAT takes the port after the last", "[sim]") {
  SeededRandom random(1);
  MappingTable table(Nat::symmetric_sequential(), random);
  const auto first = table.outbound(kNow, inside(2, 5000), far_end(1));
  REQUIRE(first);
  CHECK(table.outbound(kNow, inside(2, 5000), far_end(2)) == *first + 1);
  CHECK(table.outbound(kNow, inside(3, 7000), far_end(1)) == *first + 2);
}

TEST_CASE("a NAT of random ports gives each mapping one of its own", "[sim]") {
  SeededRandom random(1);
  MappingTable table(Nat::symmetric(), random);
  std::set<std::uint16_t> ports;
  int steps = 0;
  std::uint16_t last = 0;
  for (std::uint16_t i = 1; i <= 200; ++i) {
    const auto port = table.outbound(kNow, inside(2, 5000), far_end(i));
    REQUIRE(port);
    CHECK(*port >= 1024);
    steps += *port == last + 1 ? 1 : 0;
    last = *port;
    ports.insert(*port);
  }
  CHECK(ports.size() == 200);
  CHECK(steps < 5);
}

TEST_CASE("a NAT that is full makes no mapping, until one has expired", "[sim]") {
  SeededRandom random(1);
  Nat nat = Nat::port_restricted();
  nat.mappings_max = 2;
  MappingTable table(nat, random);
  REQUIRE(table.outbound(kNow, inside(2, 5000), kFarEnd));
  REQUIRE(table.outbound(kNow + 60s, inside(3, 6000), kFarEnd));
  CHECK_FALSE(table.outbound(kNow + 60s, inside(4, 7000), kFarEnd));
  CHECK(table.outbound(kNow + 60s, inside(3, 6000), kFarEnd) == 6000);
  CHECK(table.outbound(kNow + nat.lifetime, inside(4, 7000), kFarEnd) == 7000);
  CHECK(table.size(kNow + nat.lifetime) == 2);
}

TEST_CASE("a mapping remembers so many far ends, and forgets the oldest", "[sim]") {
  SeededRandom random(1);
  MappingTable table(Nat::port_restricted(), random);
  for (std::uint16_t i = 0; i <= kNatFarEndsMax; ++i) {
    const auto at = kNow + Duration(i);
    REQUIRE(table.outbound(at, inside(2, 5000), far_end(static_cast<std::uint16_t>(1000 + i))));
  }
  const auto now = kNow + 1s;
  CHECK(table.inbound(now, 5000, far_end(1000)).error() == Fate::filtered);
  CHECK(table.inbound(now, 5000, far_end(1001)));
  CHECK(table.inbound(now, 5000, far_end(1000 + kNatFarEndsMax)));
}
