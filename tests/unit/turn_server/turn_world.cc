#include "turn_world.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

namespace floe::testing {

TurnWorld::TurnWorld(turn::ServerConfig config)
    : server({host, random, policy, door, door}, std::move(config)) {}

void TurnWorld::open_relays() {
  while (!host.opening.empty()) {
    const turn::RelayId relay = host.opening.front();
    host.opening.erase(host.opening.begin());
    server.on_relay_opened(now, relay);
  }
}

void TurnWorld::fail_relays(turn::RelayFailure failure) {
  const auto failing = host.opening;
  for (const turn::RelayId relay : failing) {
    if (std::ranges::find(host.opening, relay) == host.opening.end()) continue;
    std::erase(host.opening, relay);
    server.on_relay_failed(now, relay, failure);
  }
}

void TurnWorld::pass(Duration time) {
  const Timestamp end = now + time;
  while (server.deadline() <= end) {
    now = std::max(now, server.deadline());
    server.handle_timeout(now);
  }
  now = end;
}

void TurnWorld::peer_sends(const TransportAddress& peer, const TransportAddress& relayed,
                           std::string_view text) {
  for (const auto& [relay, local] : host.open) {
    if (local.port == relayed.port && local.ip.family() == relayed.ip.family()) {
      return server.handle_peer_datagram(now, relay, peer, as_bytes(text));
    }
  }
  FAIL("nothing is bound to " << relayed.to_text());
}

}  // namespace floe::testing
