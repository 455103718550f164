// A TURN server on 127.0.0.1, over UDP and TCP, in the test's own loop.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/native/system_random.h"
#include "floe/native/udp_sockets.h"
#include "floe/native/unique_fd.h"
#include "floe/stun/long_term_authenticator.h"
#include "floe/turn_server/server.h"
#include "loop_runner.h"

namespace floe::native::test {

/// Knows "alice" with the password "secret". Serves until it is destroyed.
class RelayServer final : private DatagramListener,
                          private WatchListener,
                          private turn::ServerHost,
                          private turn::PeerPolicy,
                          private stun::Accounts {
 public:
  explicit RelayServer(Loop& loop);
  ~RelayServer();

  /// The same port for both.
  const TransportAddress& address() const { return address_; }
  std::string uri() const { return "turn:" + address_.to_text(); }
  std::size_t allocation_count() const { return server_->allocation_count(); }
  /// From now on no peer may be sent to.
  void forbid_peers() { forbids_peers_ = true; }
  /// Over TCP, shorter frames are not looked at.
  void ignore_frames_below(std::size_t size) { frame_size_min_ = size; }
  /// Its answers lose their MAC.
  void sign_nothing() { signs_ = false; }

 private:
  class Relay;
  class Connection;

  void on_bound(DatagramSocket&, const TransportAddress& local) override { address_ = local; }
  void on_socket_failed(DatagramSocket&, BindError) override {}
  void on_datagram(DatagramSocket&, const Datagram& datagram) override;
  void on_ready(Readiness readiness) override;

  void send_to_client(const turn::ClientPath& path, Bytes message) override;
  void send_to_peer(turn::RelayId relay, const TransportAddress& peer, Bytes payload) override;
  void open_relay(turn::RelayId relay, const TransportAddress& local) override;
  void close_relay(turn::RelayId relay) override;
  bool admits(const IpAddress&) const override { return !forbids_peers_; }
  bool allows(const TransportAddress&) const override { return !forbids_peers_; }
  std::optional<std::string> password_of(std::string_view username) const override;

  Loop& loop_;
  SystemRandom random_;
  MbedtlsCrypto crypto_;
  UdpSockets sockets_;
  TransportAddress address_;
  bool forbids_peers_ = false;
  std::size_t frame_size_min_ = 0;
  bool signs_ = true;
  std::unique_ptr<DatagramSocket> udp_;
  UniqueFd tcp_;
  std::optional<Watch> tcp_watch_;
  std::vector<std::unique_ptr<Connection>> connections_;  // ended ones among them
  std::map<turn::RelayId, std::unique_ptr<Relay>> relays_;
  std::optional<stun::LongTermAuthenticator> door_;
  std::unique_ptr<turn::Server> server_;
};

}  // namespace floe::native::test
