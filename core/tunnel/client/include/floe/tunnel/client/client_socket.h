// A UDP socket that lives in a gateway, as an application of the tunnel's client sees it.
//
// Made by Client::open(). Waits for WELCOME if need be, then for BOUND.
#pragma once

#include <optional>

#include "floe/api/datagram_socket.h"
#include "floe/tunnel/client/client_peers.h"
#include "floe/tunnel/records/ids.h"

namespace floe::tunnel {

class Client;

class ClientSocket final : public DatagramSocket {
 public:
  ClientSocket(Client& client, const BindRequest& request, DatagramListener& listener)
      : client_(&client), request_(request), listener_(listener) {}
  ~ClientSocket() override;
  ClientSocket(const ClientSocket&) = delete;
  ClientSocket& operator=(const ClientSocket&) = delete;

  SendStatus send(const TransportAddress& to, Bytes payload) override;

  /// Empty until bound.
  const std::optional<TransportAddress>& local() const { return local_; }
  /// Where the Internet sees this socket, if the gateway is configured to know.
  const std::optional<TransportAddress>& mapped() const { return mapped_; }
  /// What the gateway's policy says about a peer; empty when it was not asked.
  std::optional<PeerPermission> permission(const TransportAddress& remote) const {
    return peers_.permission_of(remote);
  }

 private:
  friend class Client;
  friend class ClientSockets;

  /// After these three the socket may be gone.
  void become_bound(const TransportAddress& local, const std::optional<TransportAddress>& mapped);
  void fail(BindError error);
  void deliver(const Datagram& datagram) { listener_.on_datagram(*this, datagram); }

  Client* client_;  // null once the socket is dead
  BindRequest request_;
  DatagramListener& listener_;
  SocketId id_;  // 0 before BIND
  std::optional<TransportAddress> local_;
  std::optional<TransportAddress> mapped_;
  ClientPeers peers_;
};

}  // namespace floe::tunnel
