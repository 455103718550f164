#include "client_socket.h"

namespace floe::tunnel {

Client::Socket::~Socket() {
  if (client() == nullptr) return;
  client()->sockets_.remove(this);
  client()->session_->close(handle());
  client()->end_input();
}

SendStatus Client::Socket::send(const TransportAddress& to, Bytes payload) {
  if (client() == nullptr) return SendStatus::failed;
  const SendStatus status = client()->session_->send(client()->clock_.now(), handle(), to, payload);
  client()->end_input();
  return status;
}

std::optional<TransportAddress> Client::Socket::mapped() const {
  const ClientSocketState* known = state();
  return known == nullptr ? std::nullopt : known->mapped;
}

std::optional<PeerPermission> Client::Socket::permission(const TransportAddress& remote) const {
  const ClientSocketState* known = state();
  return known == nullptr ? std::nullopt : known->peers.permission_of(remote);
}

const ClientSocketState* Client::Socket::state() const {
  return client() == nullptr ? nullptr : client()->session_->find(handle());
}

}  // namespace floe::tunnel
