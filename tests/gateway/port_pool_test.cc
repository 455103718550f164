// Ports of clients' sockets: drawn at random, and not given to another client at once.
#include "port_pool.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "floe/native/system_random.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::gateway;

namespace {

const IpAddress kIp = IpAddress::v4(192, 0, 2, 1);
constexpr std::uint16_t kFirst = 40'000;

BindRequest of_ports(std::uint16_t count) {
  return {kIp, kFirst, static_cast<std::uint16_t>(kFirst + count - 1)};
}

bool is_one(const BindRequest& request) {
  return request.port_min == request.port_max;
}

}  // namespace

TEST_CASE("each port of a range is as likely as the others", "[gateway][ports]") {
  constexpr std::size_t kPorts = 64;
  constexpr int kDraws = 64'000;
  native::SystemRandom random;
  PortPool pool;
  std::array<double, kPorts> counts{};
  for (int i = 0; i < kDraws; ++i) {
    const BindRequest one = pool.draw(Timestamp(), of_ports(kPorts), random);
    REQUIRE(is_one(one));
    REQUIRE(one.port_min >= kFirst);
    REQUIRE(one.port_min < kFirst + kPorts);
    ++counts[one.port_min - kFirst];
  }
  double chi_square = 0;
  constexpr double kExpected = double{kDraws} / kPorts;
  for (const double count : counts) {
    chi_square += (count - kExpected) * (count - kExpected) / kExpected;
  }
  // 63 degrees of freedom: once in a billion runs it is beyond 147, by chance.
  CHECK(chi_square < 147);
}

TEST_CASE("a port that was given up rests for a minute", "[gateway][ports]") {
  native::SystemRandom random;
  PortPool pool;
  const Timestamp start{1h};
  for (std::uint16_t i = 1; i < 4; ++i) {
    pool.give_up(start, {kIp, static_cast<std::uint16_t>(kFirst + i)});
  }
  const auto drawn = [&](Timestamp now) {
    std::set<std::uint16_t> ports;
    for (int i = 0; i < 200; ++i) {
      const BindRequest one = pool.draw(now, of_ports(4), random);
      // By chance all tries may find ports that rest: then the range stays.
      if (is_one(one)) ports.insert(one.port_min);
    }
    return ports;
  };
  CHECK(drawn(start + PortPool::kRest - 1us) == std::set<std::uint16_t>{kFirst});
  CHECK(drawn(start + PortPool::kRest).size() == 4);
}

TEST_CASE("a port rests at its own address only", "[gateway][ports]") {
  native::SystemRandom random;
  PortPool pool;
  pool.give_up(Timestamp(), {IpAddress::v4(192, 0, 2, 2), kFirst});
  pool.give_up(Timestamp(), {IpAddress::v4(192, 0, 2, 2), kFirst + 1});
  CHECK(is_one(pool.draw(Timestamp(), of_ports(2), random)));
}

TEST_CASE("where all ports rest the range is tried as it is", "[gateway][ports]") {
  native::SystemRandom random;
  PortPool pool;
  pool.give_up(Timestamp(), {kIp, kFirst});
  pool.give_up(Timestamp(), {kIp, kFirst + 1});
  const BindRequest both = pool.draw(Timestamp(), of_ports(2), random);
  CHECK(both.port_min == kFirst);
  CHECK(both.port_max == kFirst + 1);
  CHECK(is_one(pool.draw(Timestamp(), of_ports(1), random)));
}

TEST_CASE("the next client does not get the port of the one before", "[gateway][ports]") {
  GatewayOptions options = gateway::test::with_token();
  options.addresses.ports = {40'100, 40'105};
  gateway::test::TunnelWorld world(options);
  world.start();
  std::set<std::uint16_t> ports;
  for (int i = 0; i < 5; ++i) {
    native::GatewayHost& client = world.add_client();
    gateway::test::UdpEnd end;
    world.bind(client, end);
    REQUIRE(end.local);
    ports.insert(end.local->port);
    end.socket.reset();
    REQUIRE(world.run_until([&] { return world.shared->quotas.sockets.used() == 0; }));
  }
  CHECK(ports.size() == 5);
}
