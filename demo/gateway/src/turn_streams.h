// The connections over which clients reach TURN by TCP or TLS, from one listening address.
//
// A connection of a client without an allocation is closed after a while, and the number of such
// connections from one network is limited, so that strangers cannot take all connections.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "floe/native/half_open_limit.h"
#include "floe/native/system_host.h"
#include "floe/native/tcp_listener.h"
#include "floe/native/tls_terminator.h"
#include "floe/turn_server/server.h"
#include "quota.h"

namespace floe::gateway {

class TurnStreamOwner {
 public:
  /// The server has handled an input, and may have a new deadline.
  virtual void on_server_changed() = 0;

 protected:
  ~TurnStreamOwner() = default;
};

class TurnStreams final : private native::ConnectionAcceptor,
                          private native::TlsTerminatorListener {
 public:
  /// How long a connection without an allocation is kept.
  static constexpr Duration kStrangerTimeout = std::chrono::seconds(30);
  static constexpr std::size_t kStrangersPerNetworkMax = 256;

  /// All arguments must outlive this object. With `tls` it serves TLS, without it TCP.
  TurnStreams(native::SystemHost& host, turn::Server& server, TurnStreamOwner& owner,
              native::TlsTerminator* tls, std::size_t connections_max);
  ~TurnStreams();

  Result<TransportAddress, native::ListenError> listen(const TransportAddress& address,
                                                       bool share_port = false);
  const TransportAddress& address() const { return address_; }
  turn::Transport transport() const {
    return tls_ != nullptr ? turn::Transport::tls : turn::Transport::tcp;
  }

  /// False when `frame` was dropped: the connection does not take it, or is gone.
  bool send(const turn::ClientPath& path, Bytes frame);
  /// Takes no more connections.
  void stop_listening() { listener_.reset(); }

 private:
  class Connection;

  void on_accepted(native::UniqueFd connection, const TransportAddress& peer) override;
  void on_decrypted(native::UniqueFd connection, const TransportAddress& peer) override;
  bool has_room() const override { return quota_.used() < quota_.limit(); }
  void forget(std::uint32_t stream);

  native::SystemHost& host_;
  turn::Server& server_;
  TurnStreamOwner& owner_;
  native::TlsTerminator* tls_;
  Quota quota_;
  native::HalfOpenLimit strangers_{kStrangersPerNetworkMax};
  std::optional<native::TcpListener> listener_;
  TransportAddress address_;
  std::vector<std::unique_ptr<Connection>> connections_;  // by the number in their paths
  std::vector<std::uint32_t> unused_;
};

}  // namespace floe::gateway
