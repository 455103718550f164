#include "floe/tunnel/client/client_socket.h"

#include "floe/tunnel/client/client.h"

namespace floe::tunnel {

ClientSocket::~ClientSocket() {
  if (client_ != nullptr) client_->forget(*this);
}

SendStatus ClientSocket::send(const TransportAddress& to, Bytes payload) {
  if (client_ == nullptr || !local_) return SendStatus::failed;
  return client_->send(*this, to, payload);
}

void ClientSocket::become_bound(const TransportAddress& local,
                                const std::optional<TransportAddress>& mapped) {
  local_ = local;
  mapped_ = mapped;
  listener_.on_bound(*this, local);
}

void ClientSocket::fail(BindError error) {
  client_ = nullptr;
  listener_.on_socket_failed(*this, error);
}

}  // namespace floe::tunnel
