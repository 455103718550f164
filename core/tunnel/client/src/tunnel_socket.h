// A UDP socket of a gateway, as the application holds it.
#pragma once

#include "tunnel_object.h"

namespace floe::tunnel {

class TunnelSocket final : public TunnelObject<DatagramSocket, SocketHandle, DatagramListener> {
 public:
  using TunnelObject::TunnelObject;
  ~TunnelSocket() override;

  SendStatus send(const TransportAddress& to, Bytes payload) override;

  /// This socket's public address, if it is bound and the gateway's configuration has that address.
  std::optional<TransportAddress> mapped() const;
  /// The permission that the gateway's policy gives a peer; empty when the peer has no short id.
  std::optional<PeerPermission> permission(const TransportAddress& remote) const;

 private:
  const ClientSocketState* state() const;
};

}  // namespace floe::tunnel
