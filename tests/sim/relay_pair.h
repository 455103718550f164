// Two agents behind networks of given kinds, with a TURN server for each that both can reach.
#pragma once

#include <catch2/catch_get_random_seed.hpp>
#include <string>
#include <vector>

#include "encryption.h"
#include "floe/sim/public_stun.h"
#include "floe/sim/public_turn.h"
#include "floe/sim/site.h"
#include "peer.h"

namespace floe::sim {

struct RelayPair {
  struct Options {
    std::string_view left_kind = "symmetric";
    std::string_view right_kind = "symmetric";
    std::string left_servers = "turn:192.0.2.201";  ///< of "left"; empty: none
    std::string right_servers = {};                 ///< the same
    IpVersions versions = IpVersions::v4;
    ice::AgentConfig agent = {};
    TurnServerOptions turn = {};
    bool recovers = false;
    bool encrypts = false;
  };

  RelayPair() : RelayPair(Options()) {}
  explicit RelayPair(const Options& options)
      : stun(world),
        turn(world, options.turn),
        left_site(world, network_kind(options.left_kind), options.versions, 1),
        right_site(world, network_kind(options.right_kind), options.versions, 2),
        left(world, left_site.add_host("left"), peer(options, true)),
        right(world, right_site.add_host("right"), peer(options, false)) {}

  static PeerOptions peer(const Options& options, bool is_left) {
    PeerOptions result;
    result.agent = options.agent;
    result.recovers = options.recovers;
    result.agent.role = is_left ? ice::Role::controlling : ice::Role::controlled;
    if (options.encrypts) result.security = encryption_of(result.agent.role);
    const auto& uris = PublicStun::uris();
    result.gather.servers.assign(uris.begin(), uris.end());
    const std::string& relay = is_left ? options.left_servers : options.right_servers;
    if (!relay.empty()) {
      result.gather.servers.push_back({*parse_server_uri(relay), "user", "pass"});
    }
    return result;
  }

  bool connect(Duration limit = 10s) {
    start(left, right);
    return both_connected(limit);
  }
  bool both_connected(Duration limit) {
    return world.run_until([&] { return left.connected() && right.connected(); }, limit);
  }
  /// Whether a datagram arrives unchanged, both ways.
  bool exchange() {
    const std::size_t left_had = left.received().size();
    const std::size_t right_had = right.received().size();
    if (!left.send("ping") || !right.send("pong")) return false;
    const bool arrived = world.run_until(
        [&] { return left.received().size() > left_had && right.received().size() > right_had; },
        1s);
    return arrived && left.received().back() == "pong" && right.received().back() == "ping";
  }
  /// "relay→prflx", as the left side sees it.
  std::string pair() {
    const auto selected = left.agent().selected_pair(1);
    if (!selected) return "none";
    return std::string(to_text(selected->local.type)) + "→" +
           std::string(to_text(selected->remote.type));
  }

  World world{Catch::getSeed()};
  PublicStun stun;
  PublicTurn turn;
  Site left_site;
  Site right_site;
  Peer left;
  Peer right;
};

}  // namespace floe::sim
