// TURN of a gateway: the sockets that clients send to, the relay sockets that stand for clients,
// and the server between them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "address_policy.h"
#include "floe/native/deferred.h"
#include "floe/native/system_host.h"
#include "floe/turn_server/server.h"
#include "turn_access.h"
#include "turn_streams.h"

namespace floe::gateway {

class TurnService final : private turn::ServerHost, private TurnStreamOwner, private TimerListener {
 public:
  /// All arguments must outlive the service. `tls` is for `listen_tls` of the options.
  TurnService(native::SystemHost& host, native::UdpSocketSource& udp, const TurnOptions& options,
              const std::vector<IpAddress>& default_relays, AddressPolicy& policy,
              native::TlsTerminator* tls);
  ~TurnService();

  /// Before listen(): the services of several threads have the same addresses, and each client is
  /// one's.
  void share_ports() {
    shared_ports_.emplace(host_.loop(), host_.api().random,
                          native::UdpOptions{.share_ports = true});
  }
  /// Of sockets that share_ports() has made; null: there are none.
  const native::UdpStatistics* shared_statistics() const {
    return shared_ports_ ? &shared_ports_->statistics() : nullptr;
  }
  /// Begins to listen. Returns the reason when that fails; empty when it listens.
  std::string listen();
  /// The addresses that the service listens on; ports that were 0 are known after listen().
  const std::vector<TransportAddress>& addresses() const { return addresses_; }

  /// Users, secrets and quotas.
  void reload(const TurnOptions& options);
  /// Takes no new clients.
  void drain();
  const turn::Server& server() const { return server_; }
  /// The number of messages that were lost because a connection did not take them.
  std::uint64_t dropped() const { return dropped_; }

 private:
  class UdpListener;
  class RelaySocket;

  void send_to_client(const turn::ClientPath& path, Bytes message) override;
  void send_to_peer(turn::RelayId relay, const TransportAddress& peer, Bytes payload) override;
  void open_relay(turn::RelayId relay, const TransportAddress& local) override;
  void close_relay(turn::RelayId relay) override;
  void handle_timeout(Timestamp now) override;
  void on_server_changed() override { arm_timer(); }

  native::UdpSocketSource& listening_sockets() {
    return shared_ports_ ? static_cast<native::UdpSocketSource&>(*shared_ports_) : udp_sockets_;
  }
  std::string listen_over_udp(const TransportAddress& wanted);
  std::string listen_over_stream(const TransportAddress& wanted, native::TlsTerminator* tls);
  /// Call it after each call of the server that may have changed its deadline.
  void arm_timer();
  IpAddress advertised(const IpAddress& bound) const;
  turn::ServerConfig server_config(const std::vector<IpAddress>& default_relays) const;
  const OwnMachine& own_machine() const { return policy_.own_machine(); }
  Timestamp now() const { return host_.loop().now(); }

  native::SystemHost& host_;
  native::UdpSocketSource& udp_sockets_;
  std::optional<native::UdpSockets> shared_ports_;  // for what listens
  TurnOptions options_;
  AddressPolicy& policy_;
  native::TlsTerminator* tls_;  // null: without TLS
  TurnAccess access_;
  turn::Server server_;
  std::unique_ptr<Timer> timer_;
  Timestamp armed_for_ = kNever;
  std::vector<TransportAddress> addresses_;
  std::vector<std::unique_ptr<UdpListener>> udp_;
  std::vector<std::unique_ptr<TurnStreams>> streams_;
  std::vector<std::unique_ptr<RelaySocket>> relays_;  // by id
  std::uint64_t dropped_ = 0;
};

}  // namespace floe::gateway
