// A TURN server in a simulated world: Floe's real one on sockets of a simulated host, which can
// also die, forget, refuse and send away. Relays are for UDP; clients come over UDP, TCP and TLS.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/sim/sim_host.h"

namespace floe::sim {

struct TurnServerOptions {
  std::uint16_t port = 3478;  ///< over UDP and TCP
  std::uint16_t tls_port = 5349;
  std::string username = "user";
  std::string password = "pass";
  std::string realm = "example.org";
  /// Hears everything and says nothing, to clients and to peers.
  bool is_silent = false;
  /// As if its program did not run: silent, and connections are closed at once. restart() closes
  /// those that there are.
  bool is_away = false;
  /// Answers lose their MAC.
  bool is_unsigned = false;
  /// 403 for each permission and channel.
  bool forbids_peers = false;
  /// 486 for each Allocate that is one too many; 0 refuses all.
  std::size_t allocations_per_user_max = 100;
  /// 300 for each Allocate from an address of its family.
  std::optional<TransportAddress> alternate = {};
};

class TurnMachine;

class TurnServer {
 public:
  /// `ips` are addresses of `host`, which must outlive it: it listens on each, and relays have the
  /// first of each family.
  TurnServer(SimHost& host, const std::vector<IpAddress>& ips,
             const TurnServerOptions& options = {});
  ~TurnServer();
  TurnServer(const TurnServer&) = delete;
  TurnServer& operator=(const TurnServer&) = delete;

  /// Takes effect at once, but for what says it is for a new server: see restart().
  TurnServerOptions& options();
  /// Comes up anew with its options, and has forgotten all allocations.
  void restart();

  std::size_t allocation_count() const;
  /// Since the last restart: from clients to peers and from peers to clients.
  std::uint64_t datagrams_relayed() const;

 private:
  std::unique_ptr<TurnMachine> machine_;
};

}  // namespace floe::sim
