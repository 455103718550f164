// The mover, in a network of its own, and a peer of a kind in the open, in a call.
#pragma once

#include "encryption.h"
#include "floe/sim/site.h"
#include "outage.h"

namespace floe::sim {

struct OutageScene {
  /// `network` is the kind of the network that the mover leaves; the other one is open.
  OutageScene(std::uint64_t seed, std::string_view network, PeerKind kind, ice::Role mover_role)
      : world(seed),
        home(world, network_kind(network), IpVersions::v4, 1),
        other(world, network_kind("open"), IpVersions::v4, 2),
        open(world, network_kind("open"), IpVersions::v4, 3),
        mover(world, home.add_host("mover", kLink), options_of_mover(kind, mover_role)),
        peer(world, open.add_host("peer", kLink), options_of_peer(kind, mover_role)),
        call(world, mover, peer) {}

  /// Meets and talks for a while. False: no path was found.
  bool begin() {
    start(mover, peer);
    if (!world.run_until([&] { return are_connected(); }, 10s)) return false;
    call.run_for(8s);
    call.begin_measuring();
    return true;
  }
  bool are_connected() const { return mover.connected() && peer.connected(); }
  void join_other() { other.attach(mover.host(), "wlan1", kPlace, kLink); }
  bool uses_other() const {
    const auto pair = mover.agent().selected_pair(1);
    return pair && pair->local.base.ip == other.addresses(kPlace).front();
  }
  void leave_home() { mover.host().remove_interface("eth0"); }

  /// That either end began.
  std::size_t handshakes() const {
    std::size_t count = 0;
    for (const Peer* end : {&mover, &peer}) {
      if (end->security_checker() != nullptr) count += end->security_checker()->handshakes();
    }
    return count;
  }

  static PeerOptions options_of_mover(PeerKind peer, ice::Role role) {
    PeerOptions options;
    options.agent.role = role;
    if (is_encrypted(peer)) options.security = encryption_of(role);
    return options;
  }
  static PeerOptions options_of_peer(PeerKind kind, ice::Role mover_role) {
    PeerOptions options;
    options.agent.role = opposite(mover_role);
    if (is_encrypted(kind)) options.security = encryption_of(options.agent.role);
    if (is_lite(kind)) options.agent.implementation = ice::Implementation::lite;
    if (kind == PeerKind::no_renomination)
      options.agent.nomination = ice::NominationMode::aggressive;
    options.trickle = kind != PeerKind::no_trickle;
    return options;
  }

  static constexpr Link kLink{.delay = 5ms};
  static constexpr std::uint8_t kPlace = 9;  ///< of the mover in the other network

  World world;
  Site home;
  Site other;
  Site open;
  Peer mover;
  Peer peer;
  Call call;
};

}  // namespace floe::sim
