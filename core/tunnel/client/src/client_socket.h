// A UDP socket of a gateway, as the application holds it.
#pragma once

#include "client_session.h"
#include "floe/tunnel/client/client.h"

namespace floe::tunnel {

class Client::Socket final : public DatagramSocket {
 public:
  /// `client` may go before the socket, which is dead then.
  Socket(Client& client, SocketHandle handle, DatagramListener& listener)
      : client_(&client), handle_(handle), listener_(listener) {}
  ~Socket() override;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  SendStatus send(const TransportAddress& to, Bytes payload) override;

  /// Where the Internet sees this socket, if it is bound and the gateway is configured to know.
  std::optional<TransportAddress> mapped() const;
  /// What the gateway's policy says about a peer; empty when the gateway was not asked.
  std::optional<PeerPermission> permission(const TransportAddress& remote) const;

  SocketHandle handle() const { return handle_; }
  DatagramListener& listener() { return listener_; }
  /// The client does not know it any more.
  void detach() { client_ = nullptr; }

 private:
  const ClientSocketState* state() const;

  Client* client_;  // null once the socket is dead
  SocketHandle handle_;
  DatagramListener& listener_;
};

}  // namespace floe::tunnel
