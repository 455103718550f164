#include "leased_socket.h"

namespace floe::gateway {

LeasedSocket::LeasedSocket(const Lease& lease, tunnel::SocketId id, Quota::Token token,
                           const BindRequest& request)
    : lease_(lease), id_(id), token_(std::move(token)) {
  if (lease.resources.shared.audit.is_open()) peers_ = std::make_unique<PeerLog>();
  open(request);
}

void LeasedSocket::open(const BindRequest& request) {
  RandomSource& random = lease_.resources.host.api().random;
  for (int i = 0; i < PortPool::kTriesMax; ++i) {
    const BindRequest one = lease_.resources.shared.ports.draw(lease_.now(), request, random);
    // A socket says at once whether it is bound, and tells its listener later.
    socket_ = lease_.resources.udp.open_udp(one, *this);
    const bool is_all = one.port_min == request.port_min && one.port_max == request.port_max;
    if (socket_->local().port != 0 || is_all) return;
  }
  socket_ = lease_.resources.udp.open_udp(request, *this);
}

LeasedSocket::~LeasedSocket() {
  if (advertised_ && peers_) {
    lease_.resources.shared.audit.socket_closed(lease_.audit_session, id_.value(),
                                                lease_.now() - bound_at_, *peers_, end_);
  }
  give_up();
}

SendStatus LeasedSocket::send(const TransportAddress& to, Bytes payload) {
  if (peers_) peers_->sent(to, payload.size());
  return socket_->send(own_machine().delivered_at(to), payload);
}

void LeasedSocket::on_bound(DatagramSocket&, const TransportAddress& local) {
  advertised_ = told(local);
  lease_.resources.policy.add_own_socket(*advertised_, local);
  bound_at_ = lease_.now();
  lease_.resources.shared.audit.socket_opened(lease_.audit_session, id_.value(), *advertised_);
  lease_.session.sockets().handle_bound(id_, *advertised_, std::nullopt);
  lease_.end_turn.request();
}

void LeasedSocket::on_socket_failed(DatagramSocket&, BindError error) {
  give_up();
  is_over_ = true;
  lease_.session.sockets().handle_socket_failed(id_, error);
  lease_.end_turn.request();
}

void LeasedSocket::on_datagram(DatagramSocket&, const Datagram& datagram) {
  const Datagram as_told{told(datagram.local), own_machine().known_as(datagram.remote),
                         datagram.payload};
  if (peers_) peers_->received(as_told.remote, datagram.payload.size());
  lease_.session.sockets().handle_datagram(lease_.now(), id_, as_told);
  lease_.end_turn.request();
}

void LeasedSocket::give_up() {
  if (!advertised_) return;
  lease_.resources.policy.remove_own_socket(*advertised_);
  lease_.resources.shared.ports.give_up(lease_.now(), socket_->local());
  advertised_.reset();
}

TransportAddress LeasedSocket::told(const TransportAddress& local) const {
  return {lease_.resources.addresses.told(local.ip), local.port};
}

}  // namespace floe::gateway
