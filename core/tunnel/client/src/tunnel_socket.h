// A UDP socket of a gateway, as the application holds it.
#pragma once

#include "tunnel_object.h"

namespace floe::tunnel {

class TunnelSocket final : public TunnelObject<DatagramSocket, SocketHandle, DatagramListener> {
 public:
  using TunnelObject::TunnelObject;
  ~TunnelSocket() override;

  SendStatus send(const TransportAddress& to, Bytes payload) override;

  /// Where the Internet sees this socket, if it is bound and the gateway is configured to know.
  std::optional<TransportAddress> mapped() const;
  /// What the gateway's policy says about a peer; empty when the gateway was not asked.
  std::optional<PeerPermission> permission(const TransportAddress& remote) const;

 private:
  const ClientSocketState* state() const;
};

}  // namespace floe::tunnel
