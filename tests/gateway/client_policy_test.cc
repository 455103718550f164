// What one client of a tunnel may send and receive.
#include "client_policy.h"

#include <catch2/catch_test_macros.hpp>

#include "consent/gate_world.h"

using namespace floe;
using namespace floe::gateway;
using namespace floe::tunnel;
using consent::test::check;
using consent::test::kData;
using consent::test::success;

namespace {

const SocketId kOneSocket{1};
const TransportAddress kFarPeer{IpAddress::v4(9, 9, 9, 9), 40000};

struct PolicyWorld {
  explicit PolicyWorld(const ConsentOptions& chosen = {}) : options(chosen) {}

  FlowVerdict ask(Direction direction, Bytes payload, const TransportAddress& peer = kFarPeer,
                  SocketId socket = kOneSocket) {
    return policy.allow(now, {direction, Protocol::udp, socket, peer, payload});
  }
  bool out(Bytes payload, const TransportAddress& peer = kFarPeer) {
    return ask(Direction::outbound, payload, peer).allowed;
  }
  bool in(Bytes payload, const TransportAddress& peer = kFarPeer) {
    return ask(Direction::inbound, payload, peer).allowed;
  }
  std::vector<PeerPermission> changes() {
    std::vector<PeerPermission> changes;
    policy.report_changes(
        now, [&](SocketId socket, const TransportAddress& peer, const PeerPermission& permission) {
          CHECK(socket == kOneSocket);
          CHECK(peer == kFarPeer);
          changes.push_back(permission);
        });
    return changes;
  }

  Timestamp now{std::chrono::hours(1)};
  AddressPolicy addresses{{}};
  ConsentOptions options;
  ClientPolicy policy{addresses, options, {1, 2}};
};

ConsentOptions with(ConsentPolicy policy) {
  ConsentOptions options;
  options.policy = policy;
  return options;
}

}  // namespace

TEST_CASE("a client is told of its peer's consent", "[gateway][consent]") {
  PolicyWorld world;
  const PeerPermission pending{PermissionState::pending, DenyReason::none, {}};
  const PeerPermission open{PermissionState::open, DenyReason::none, Duration(30s)};
  CHECK(world.policy.permission(world.now, kOneSocket, kFarPeer) == pending);
  const FlowVerdict early = world.ask(Direction::outbound, kData);
  CHECK_FALSE(early.allowed);
  CHECK(early.reason == DenyReason::consent);
  CHECK_FALSE(world.in(kData));
  REQUIRE(world.out(check(1)));
  REQUIRE(world.in(success(1)));
  CHECK(world.changes() == std::vector{open});
  CHECK(world.changes().empty());
  CHECK(world.policy.permission(world.now, kOneSocket, kFarPeer) == open);
  CHECK(world.out(kData));
  CHECK(world.in(kData));
  CHECK(world.policy.deadline() == world.now + 30s);
  world.now += 30s;
  CHECK(world.changes() == std::vector{pending});
  CHECK(world.policy.deadline() == kNever);
  CHECK_FALSE(world.out(kData));
}

TEST_CASE("each socket of a client has its own consent", "[gateway][consent]") {
  PolicyWorld world;
  REQUIRE(world.out(check(1)));
  REQUIRE(world.in(success(1)));
  REQUIRE(world.out(kData));
  CHECK_FALSE(world.ask(Direction::outbound, kData, kFarPeer, SocketId{2}).allowed);
  world.policy.forget(kOneSocket);
  CHECK_FALSE(world.out(kData));
}

TEST_CASE("a closed address is closed whatever a peer answers", "[gateway][consent]") {
  PolicyWorld world;
  const TransportAddress inside{IpAddress::v4(10, 0, 0, 1), 40000};
  CHECK(world.ask(Direction::outbound, check(1), inside).reason == DenyReason::address);
  CHECK(world.ask(Direction::inbound, success(1), inside).reason == DenyReason::address);
  CHECK(world.policy.permission(world.now, kOneSocket, inside).reason == DenyReason::address);
  CHECK(world.ask(Direction::outbound, check(2), {kFarPeer.ip, 53}).reason == DenyReason::port);
}

TEST_CASE("a verdict about an address is asked for again when it may have changed",
          "[gateway][consent]") {
  PolicyWorld world;
  REQUIRE(world.out(check(1)));
  REQUIRE(world.in(success(1)));
  REQUIRE(world.out(kData));
  world.addresses.add_own_listener(kFarPeer);
  CHECK(world.ask(Direction::outbound, kData).reason == DenyReason::address);
  CHECK(world.ask(Direction::inbound, kData).reason == DenyReason::address);
}

TEST_CASE("peers that share a place in the cache keep their own verdicts", "[gateway][consent]") {
  PolicyWorld world(with(ConsentPolicy::any));
  for (int round = 0; round < 2; ++round) {
    for (unsigned i = 0; i < 256; ++i) {
      const auto last = static_cast<std::uint8_t>(i);
      CHECK(world.out(kData, {IpAddress::v4(9, 9, 9, last), 40000}));
      CHECK_FALSE(world.out(kData, {IpAddress::v4(10, 9, 9, last), 40000}));
      CHECK_FALSE(world.out(kData, {IpAddress::v4(9, 9, 9, last), 53}));
    }
  }
}

TEST_CASE("with the policy any everything passes to open addresses", "[gateway][consent]") {
  PolicyWorld world(with(ConsentPolicy::any));
  CHECK(world.out(kData));
  CHECK(world.in(kData));
  const PeerPermission permission = world.policy.permission(world.now, kOneSocket, kFarPeer);
  CHECK(permission.state == PermissionState::open);
  CHECK(permission.lasts == kUnlimited);
  CHECK_FALSE(world.out(kData, {IpAddress::v4(10, 0, 0, 1), 40000}));
}

TEST_CASE("with an allow-list everything passes to these peers, and nothing to others",
          "[gateway][consent]") {
  ConsentOptions options = with(ConsentPolicy::allowlist);
  options.allowed = {*PeerRange::parse("9.9.9.9:40000"), *PeerRange::parse("10.0.0.0/8")};
  PolicyWorld world(options);
  CHECK(world.out(kData));
  CHECK(world.out(kData, {*IpAddress::parse("::ffff:9.9.9.9"), 40000}));
  CHECK(world.ask(Direction::outbound, check(1), {kFarPeer.ip, 40001}).reason ==
        DenyReason::address);
  CHECK(world.ask(Direction::inbound, check(1), {kFarPeer.ip, 40001}).reason ==
        DenyReason::address);
  // It opens no address that is closed to all.
  CHECK_FALSE(world.out(kData, {IpAddress::v4(10, 0, 0, 1), 40000}));
  CHECK(world.policy.permission(world.now, kOneSocket, {kFarPeer.ip, 40001}).state ==
        PermissionState::denied);
}

TEST_CASE("a client has a share of datagrams and bytes each way", "[gateway][consent]") {
  ConsentOptions options = with(ConsentPolicy::any);
  SECTION("of datagrams") {
    options.datagrams_per_second_max = 10;
  }
  SECTION("of bytes") {
    options.bytes_per_second_max = 10 * kData.size();
  }
  PolicyWorld world(options);
  for (const Direction direction : {Direction::outbound, Direction::inbound}) {
    int passed = 0;
    for (int i = 0; i < 100; ++i) passed += world.ask(direction, kData).allowed ? 1 : 0;
    CHECK(passed == 10);
    CHECK(world.ask(direction, kData).reason == DenyReason::quota);
    for (int i = 0; i < 1000; ++i) {
      world.now += 10ms;
      passed += world.ask(direction, kData).allowed ? 1 : 0;
    }
    CHECK(passed >= 109);
    CHECK(passed <= 110);
  }
}

TEST_CASE("a client that scans is to go", "[gateway][consent]") {
  PolicyWorld world;
  CHECK(world.policy.offence().empty());
  for (std::uint16_t i = 0; i < 1000; ++i) {
    (void)world.out(check(i), {kFarPeer.ip, static_cast<std::uint16_t>(2000 + i)});
  }
  CHECK_FALSE(world.policy.offence().empty());
}
