// The parts of a simulated TURN server: core/turn_server with its sockets, its one user and its
// timer.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/sim/turn_server.h"
#include "floe/stun/long_term_authenticator.h"
#include "floe/turn_server/server.h"
#include "turn_streams.h"

namespace floe::sim {

class TurnMachine final : private DatagramListener,
                          private TurnStreams::Listener,
                          private turn::ServerHost,
                          private turn::PeerPolicy,
                          private stun::Accounts,
                          private TimerListener {
 public:
  /// `ips` are addresses of `host`, which must outlive it: it listens on each, and relays have the
  /// first of each family.
  TurnMachine(SimHost& host, const std::vector<IpAddress>& ips,
              const TurnServerOptions& options = {});
  ~TurnMachine();

  /// Takes effect at once, but for what says it is for a new server: see restart().
  TurnServerOptions& options() { return options_; }
  /// Comes up anew with its options, and has forgotten all allocations.
  void restart();

  std::size_t allocation_count() const { return server_->allocation_count(); }
  const turn::ServerCounters& counters() const { return server_->counters(); }

 private:
  class RelaySocket;

  void on_bound(DatagramSocket&, const TransportAddress&) override {}
  void on_socket_failed(DatagramSocket&, BindError) override {}
  void on_datagram(DatagramSocket& socket, const Datagram& datagram) override;
  void on_message(const turn::ClientPath& path, Bytes message) override;
  void on_closed(const turn::ClientPath& path) override;
  bool takes_connections() const override { return !options_.is_away; }
  void handle_timeout(Timestamp now) override;

  void send_to_client(const turn::ClientPath& path, Bytes message) override;
  void send_to_peer(turn::RelayId relay, const TransportAddress& peer, Bytes payload) override;
  void open_relay(turn::RelayId relay, const TransportAddress& local) override;
  void close_relay(turn::RelayId relay) override;

  bool admits(const IpAddress&) const override { return !options_.forbids_peers; }
  bool allows(const TransportAddress&) const override { return !options_.forbids_peers; }
  std::optional<std::string> password_of(std::string_view username) const override;

  bool is_silent() const { return options_.is_silent || options_.is_away; }
  Timestamp now() { return host_.api().clock.now(); }
  void arm_timer();

  SimHost& host_;
  std::vector<IpAddress> ips_;
  TurnServerOptions options_;
  std::unique_ptr<Timer> timer_;
  std::optional<stun::LongTermAuthenticator> door_;
  std::vector<std::unique_ptr<DatagramSocket>> listeners_;  // by place in ips_
  TurnStreams streams_;
  std::map<turn::RelayId, std::unique_ptr<RelaySocket>> relays_;
  std::unique_ptr<turn::Server> server_;
};

}  // namespace floe::sim
