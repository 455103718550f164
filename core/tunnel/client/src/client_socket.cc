#include "client_socket.h"

namespace floe::tunnel {

Client::Socket::~Socket() {
  if (client_ == nullptr) return;
  client_->sockets_.remove(this);
  client_->session_->close(handle_);
  client_->end_input();
}

SendStatus Client::Socket::send(const TransportAddress& to, Bytes payload) {
  if (client_ == nullptr) return SendStatus::failed;
  const SendStatus status = client_->session_->send(client_->clock_.now(), handle_, to, payload);
  client_->end_input();
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
  return client_ == nullptr ? nullptr : client_->session_->find(handle_);
}

}  // namespace floe::tunnel
