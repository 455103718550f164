#include "tunnel_socket.h"

namespace floe::tunnel {

TunnelSocket::~TunnelSocket() {
  if (driver() == nullptr) return;
  driver()->objects.sockets.remove(this);
  driver()->session().close(handle());
  driver()->end_input();
}

SendStatus TunnelSocket::send(const TransportAddress& to, Bytes payload) {
  if (driver() == nullptr) return SendStatus::failed;
  const SendStatus status = driver()->session().send(driver()->now(), handle(), to, payload);
  driver()->end_input();
  return status;
}

std::optional<TransportAddress> TunnelSocket::mapped() const {
  const ClientSocketState* known = state();
  return known == nullptr ? std::nullopt : known->mapped;
}

std::optional<PeerPermission> TunnelSocket::permission(const TransportAddress& remote) const {
  const ClientSocketState* known = state();
  return known == nullptr ? std::nullopt : known->peers.permission_of(remote);
}

const ClientSocketState* TunnelSocket::state() const {
  return driver() == nullptr ? nullptr : driver()->session().find(handle());
}

}  // namespace floe::tunnel
