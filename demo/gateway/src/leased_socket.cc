#include "leased_socket.h"

namespace floe::gateway {

LeasedSocket::LeasedSocket(const Lease& lease, tunnel::SocketId id, Quota::Token token,
                           const BindRequest& request)
    : lease_(lease), id_(id), token_(std::move(token)) {
  socket_ = lease.resources.udp.open_udp(request, *this);
}

LeasedSocket::~LeasedSocket() {
  set_local(std::nullopt);
}

void LeasedSocket::on_bound(DatagramSocket&, const TransportAddress& local) {
  set_local(local);
  lease_.session.sockets().handle_bound(id_, local, std::nullopt);
  lease_.end_turn.request();
}

void LeasedSocket::on_socket_failed(DatagramSocket&, BindError error) {
  set_local(std::nullopt);
  lease_.session.sockets().handle_socket_failed(id_, error);
  lease_.end_turn.request();
}

void LeasedSocket::on_datagram(DatagramSocket&, const Datagram& datagram) {
  lease_.session.sockets().handle_datagram(lease_.now(), id_, datagram);
  lease_.end_turn.request();
}

void LeasedSocket::set_local(std::optional<TransportAddress> local) {
  AddressPolicy& policy = lease_.resources.policy;
  if (local_) policy.remove_own_socket(*local_);
  if (local) policy.add_own_socket(*local);
  local_ = local;
}

}  // namespace floe::gateway
