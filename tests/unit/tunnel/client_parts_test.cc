#include <catch2/catch_test_macros.hpp>

#include "client_peers.h"
#include "gateway_network.h"
#include "keep_alive.h"
#include "tunnel_clock.h"

using namespace floe;
using namespace floe::tunnel;

namespace {

const Timestamp kStart{std::chrono::seconds(100)};

TransportAddress remote(std::uint16_t port) {
  return {IpAddress::v4(198, 51, 100, 1), port};
}

/// Uses a peer until it has a short id.
void make_open(ClientPeers& peers, std::uint16_t port, PeerId expected) {
  for (std::uint32_t i = 1; i < kUsesBeforeShortId; ++i) CHECK_FALSE(peers.use(remote(port)).open);
  CHECK(peers.use(remote(port)).open == expected);
  peers.on_opened(expected, {PermissionState::open, {}, kUnlimited});
  CHECK(peers.use(remote(port)).peer == expected);
}

}  // namespace

TEST_CASE("a peer that is used often gets a short id, once", "[tunnel]") {
  ClientPeers peers{256};
  make_open(peers, 1, PeerId{1});
  CHECK_FALSE(peers.use(remote(1)).open);
  CHECK(*peers.address_of(PeerId{1}) == remote(1));
  CHECK(peers.address_of(PeerId{2}) == nullptr);
}

TEST_CASE("a refused peer stays with the full form", "[tunnel]") {
  ClientPeers peers{256};
  for (std::uint32_t i = 0; i < kUsesBeforeShortId; ++i) peers.use(remote(1));
  peers.on_refused(PeerId{1});
  for (int i = 0; i < 20; ++i) {
    const auto route = peers.use(remote(1));
    CHECK_FALSE(route.open);
    CHECK_FALSE(route.peer);
  }
}

TEST_CASE("the peer used longest ago makes room, and its id keeps its meaning for a while",
          "[tunnel]") {
  ClientPeers peers{2};
  make_open(peers, 1, PeerId{1});
  make_open(peers, 2, PeerId{2});
  peers.use(remote(1));
  CHECK(peers.use(remote(3)).close == PeerId{2});
  CHECK(*peers.address_of(PeerId{2}) == remote(2));
  for (std::uint32_t i = 2; i < kUsesBeforeShortId; ++i) peers.use(remote(3));
  CHECK(peers.use(remote(3)).open == PeerId{2});
  CHECK(*peers.address_of(PeerId{2}) == remote(2));
  peers.on_opened(PeerId{2}, {});
  CHECK(*peers.address_of(PeerId{2}) == remote(3));
}

TEST_CASE("peers that are being opened do not make room", "[tunnel]") {
  ClientPeers peers{1};
  for (std::uint32_t i = 0; i < kUsesBeforeShortId; ++i) peers.use(remote(1));
  const auto route = peers.use(remote(2));
  CHECK_FALSE(route.close);
  CHECK_FALSE(route.open);
  CHECK_FALSE(route.peer);
  peers.on_opened(PeerId{1}, {});
  CHECK(peers.use(remote(1)).peer == PeerId{1});
}

TEST_CASE("more peers than the table holds, in turn, cause no churn of ids", "[tunnel]") {
  ClientPeers peers{256};
  for (int round = 0; round < 20; ++round) {
    for (std::uint16_t port = 1; port <= kMaxTrackedPeers + 1; ++port) {
      const auto route = peers.use(remote(port));
      CHECK_FALSE(route.open);
      CHECK_FALSE(route.close);
    }
  }
}

TEST_CASE("a client without short ids works", "[tunnel]") {
  ClientPeers peers{0};
  for (int i = 0; i < 20; ++i) CHECK_FALSE(peers.use(remote(1)).open);
}

TEST_CASE("answers about peers that nobody asked for change nothing", "[tunnel]") {
  ClientPeers peers{4};
  peers.use(remote(1));
  for (const std::uint16_t id : std::initializer_list<std::uint16_t>{0, 1, 2, 65535}) {
    peers.on_opened(PeerId{id}, {});
    peers.on_refused(PeerId{id});
    peers.on_permission(PeerId{id}, {PermissionState::denied, {}, {}});
    CHECK(peers.address_of(PeerId{id}) == nullptr);
  }
  CHECK_FALSE(peers.use(remote(1)).denied);
}

TEST_CASE("a gateway that answers is pinged each interval", "[tunnel]") {
  KeepAlive alive;
  CHECK(alive.deadline() == kNever);
  alive.start(kStart, 20s);
  CHECK(alive.deadline() == kStart);
  CHECK(alive.handle_timeout(kStart) == KeepAlive::Action::ping);
  alive.on_heard(kStart + 40ms);
  CHECK(alive.on_pong(kStart + 40ms, alive.opaque()) == Duration{40ms});
  CHECK_FALSE(alive.on_pong(kStart + 40ms, alive.opaque()));
  CHECK(alive.deadline() == kStart + 20s);
  CHECK(alive.handle_timeout(kStart + 19s) == KeepAlive::Action::none);
  CHECK(alive.handle_timeout(kStart + 20s) == KeepAlive::Action::ping);
}

TEST_CASE("a gateway that says nothing after a ping is dead", "[tunnel]") {
  KeepAlive alive;
  alive.start(kStart, 20s);
  CHECK(alive.handle_timeout(kStart) == KeepAlive::Action::ping);
  CHECK(alive.deadline() == kStart + kPongTimeout);
  CHECK(alive.handle_timeout(kStart + kPongTimeout) == KeepAlive::Action::give_up);
}

TEST_CASE("a gateway that says anything is alive", "[tunnel]") {
  KeepAlive alive;
  alive.start(kStart, 20s);
  CHECK(alive.handle_timeout(kStart) == KeepAlive::Action::ping);
  alive.on_heard(kStart + 9s);
  CHECK(alive.deadline() == kStart + 19s);
  CHECK(alive.handle_timeout(kStart + 19s) == KeepAlive::Action::ping);
}

TEST_CASE("a ping that is wanted goes out at once, one at a time", "[tunnel]") {
  KeepAlive alive;
  CHECK_FALSE(alive.ask(kStart));  // there is no session
  alive.start(kStart, 20s);
  CHECK(alive.handle_timeout(kStart) == KeepAlive::Action::ping);
  CHECK_FALSE(alive.ask(kStart + 1s));  // the last one is not answered
  CHECK(alive.on_pong(kStart + 2s, alive.opaque()) == Duration{2s});
  CHECK(alive.ask(kStart + 3s));
  CHECK(alive.handle_timeout(kStart + 3s) == KeepAlive::Action::ping);
  CHECK(alive.on_pong(kStart + 4s, alive.opaque()) == Duration{1s});
  CHECK(alive.deadline() == kStart + 23s);
  alive.stop();
  CHECK_FALSE(alive.ask(kStart + 5s));
}

TEST_CASE("a machine that slept asks once more before it gives up", "[tunnel]") {
  KeepAlive alive;
  alive.start(kStart, 20s);
  CHECK(alive.handle_timeout(kStart) == KeepAlive::Action::ping);
  CHECK(alive.handle_timeout(kStart + 1h) == KeepAlive::Action::ping);
  CHECK(alive.handle_timeout(kStart + 2h) == KeepAlive::Action::give_up);
}

TEST_CASE("the tunnel's share of a way is measured in spite of other clocks", "[tunnel]") {
  TunnelClock clock;
  CHECK_FALSE(clock.downlink(0, kStart));
  // The gateway's clock is 2^32 - 1000 us ahead, so its stamps wrap.
  const auto gateway = [](Timestamp t) { return stamp_of(t) - 1000u; };
  clock.on_pong(kStart + 20ms, 20ms, gateway(kStart + 10ms));
  CHECK(clock.downlink(gateway(kStart + 1s), kStart + 1s + 30ms) == Duration{30ms});
  CHECK(clock.uplink(stamp_of(kStart), gateway(kStart + 7ms)) == Duration{7ms});
  CHECK(clock.downlink(gateway(kStart + 1s), kStart) == Duration{0});

  clock.on_pong(kStart + 2s, 500ms, gateway(kStart + 2s));  // a worse sample
  CHECK(clock.downlink(gateway(kStart + 3s), kStart + 3s + 5ms) == Duration{5ms});
}

TEST_CASE("listeners of a network come and go while they are told", "[tunnel]") {
  struct Listener final : NetworkListener {
    GatewayNetwork* network = nullptr;
    NetworkListener* victim = nullptr;
    int told = 0;
    void on_network_changed() override {
      ++told;
      if (victim != nullptr) network->remove_listener(*victim);
    }
  };
  GatewayNetwork network;
  Listener first, second, third;
  first.network = &network;
  first.victim = &second;
  for (Listener* listener : {&first, &second, &third}) network.add_listener(*listener);
  network.notify();
  CHECK(first.told == 1);
  CHECK(second.told == 0);
  CHECK(third.told == 1);
  network.remove_listener(first);
  network.notify();
  CHECK(third.told == 2);
}
