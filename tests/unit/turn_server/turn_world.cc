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

turn::RelayId TurnWorld::relay_at(const TransportAddress& relayed) const {
  const auto place = std::ranges::find_if(host.open, [&](const auto& relay) {
    return relay.second.port == relayed.port && relay.second.ip.family() == relayed.ip.family();
  });
  REQUIRE(place != host.open.end());
  return place->first;
}

void TurnWorld::peer_sends(const TransportAddress& peer, const TransportAddress& relayed,
                           std::string_view text) {
  server.handle_peer_datagram(now, relay_at(relayed), peer, as_bytes(text));
}

void TurnWorld::peer_is_unreachable(const TransportAddress& peer, const TransportAddress& relayed,
                                    const turn::Icmp& error) {
  server.handle_peer_error(now, relay_at(relayed), peer, error);
}

}  // namespace floe::testing
