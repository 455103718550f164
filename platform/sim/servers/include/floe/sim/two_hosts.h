// Two hosts that want to meet, each behind a network of its own, on an internet with a STUN server
// and, if wanted, a TURN server. Everything happens in memory and in virtual time.
//
//   TwoHosts net({.left = network_kind("symmetric"), .right = network_kind("port-restricted")});
//   Connection caller(net.left().api(), net.left_options());
//   Connection callee(net.right().api(), net.right_options());
//   net.introduce(caller, callee);
//   caller.start();
//   callee.start();
//   const auto done = [&] { return caller.is_connected() && callee.is_connected(); };
//   net.world().run_until(done, 60s);
//
// A program without ICE uses the hosts alone: `net.left().api()` has sockets, timers and a clock.
#pragma once

#include <optional>

#include "floe/driver/connection.h"
#include "floe/sim/public_stun.h"
#include "floe/sim/public_turn.h"
#include "floe/sim/site.h"

namespace floe::sim {

struct TwoHostsOptions {
  /// A kind of the table, or one of the program's own.
  NetworkKind left = network_kind("port-restricted");
  NetworkKind right = network_kind("port-restricted");
  IpVersions versions = IpVersions::v4;
  /// Whether there is a TURN server. It relays the versions of IP that the hosts have.
  bool turn = false;
  /// The same seed and the same calls give the same run, on every machine.
  std::uint64_t seed = 1;
  /// From any host to any other and back; what two hosts signal takes half of it. Not negative.
  Duration round_trip = 40ms;
  /// Datagrams of a million that each host's access loses, each way.
  std::uint32_t loss_ppm = 0;
};

class TwoHosts {
 public:
  explicit TwoHosts(const TwoHostsOptions& options = {});
  TwoHosts(const TwoHosts&) = delete;
  TwoHosts& operator=(const TwoHosts&) = delete;

  /// To run it, to schedule what happens later, to watch it.
  World& world() { return world_; }
  const World& world() const { return world_; }
  SimHost& left() { return left_; }
  SimHost& right() { return right_; }
  Site& left_site() { return left_site_; }
  Site& right_site() { return right_site_; }
  PublicStun& stun() { return stun_; }
  TurnServer* turn() { return turn_ ? &*turn_ : nullptr; }  ///< nullptr: there is none

  /// The servers of this world: STUN, then TURN over UDP and over TCP, with user and password.
  std::vector<Server> servers() const;
  /// For a connection on left(), which controls, and one on right(): both ask the servers, and
  /// neither restarts by itself: what has failed stays so.
  ConnectionOptions left_options() const { return connection_options(ice::Role::controlling); }
  ConnectionOptions right_options() const { return connection_options(ice::Role::controlled); }
  /// What each signals reaches the other in order, after half a round trip. Sets on_signal of both.
  /// Both must outlive the last run of the world.
  void introduce(Connection& left, Connection& right);

 private:
  Link access() const;
  Link server_link() const { return {.delay = options_.round_trip / 4}; }
  ConnectionOptions connection_options(ice::Role role) const;
  void carry(Connection& from, SimHost& to_host, Connection& to);

  TwoHostsOptions options_;
  World world_;
  PublicStun stun_;
  std::optional<TurnServer> turn_;
  Site left_site_;
  Site right_site_;
  SimHost& left_;
  SimHost& right_;
};

}  // namespace floe::sim
