// The hot path of ServerSession: one datagram, out or in.
#include "floe/tunnel/server/server_session.h"

namespace floe::tunnel {
namespace {

DropReason drop_reason_of(Direction direction, DenyReason reason) {
  const bool out = direction == Direction::outbound;
  switch (reason) {
    case DenyReason::consent:
      return out ? DropReason::out_no_consent : DropReason::in_no_consent;
    case DenyReason::rate:
    case DenyReason::quota:
      return out ? DropReason::out_over_rate : DropReason::in_over_rate;
    case DenyReason::none:
    case DenyReason::address:
    case DenyReason::port:
      break;
  }
  return out ? DropReason::out_denied : DropReason::in_denied;
}

}  // namespace

void ServerSession::take(Timestamp now, const Send& send) {
  if (sockets_.find_bound(send.socket) == nullptr) {
    return drop(send.socket, DropReason::out_no_socket);
  }
  send_out(now, send.socket, send.remote, send.stamp, send.payload);
}

void ServerSession::take(Timestamp now, const SendShort& send) {
  const SessionSocket* socket = sockets_.find_bound(send.socket);
  if (socket == nullptr) return drop(send.socket, DropReason::out_no_socket);
  const TransportAddress* remote = socket->peers.address_of(send.peer);
  if (remote == nullptr) return drop(send.socket, DropReason::out_no_peer);
  send_out(now, send.socket, *remote, send.stamp, send.payload);
}

void ServerSession::send_out(Timestamp now, SocketId socket, const TransportAddress& to,
                             const std::optional<Stamp>& stamp, Bytes payload) {
  if (payload.size() > limits_.max_datagram_size) return drop(socket, DropReason::out_too_large);
  const Verdict verdict =
      policy_.allow(now, {Direction::outbound, Protocol::udp, socket, to, payload});
  if (!verdict.allowed) {
    return drop(socket, drop_reason_of(Direction::outbound, verdict.reason));
  }
  switch (host_.send_datagram(socket, to, payload)) {
    case SendStatus::sent:
      break;
    case SendStatus::dropped:
      return drop(socket, DropReason::out_host_full);
    case SendStatus::too_large:
      return drop(socket, DropReason::out_too_large);
    case SendStatus::failed:
      return drop(socket, DropReason::out_refused);
  }
  ++stats_.datagrams_out;
  stats_.bytes_out += payload.size();
  if (stamp && agreed_.has(Capability::time_stamps)) {
    const Sent sent{socket, *stamp, static_cast<Stamp>(now.time_since_epoch().count())};
    if (sender_.may_send(sent.encoded_size())) sender_.datagram(sent);
  }
}

void ServerSession::on_datagram(Timestamp now, SocketId id, const Datagram& datagram) {
  if (is_closed()) return;
  const SessionSocket* socket = sockets_.find_bound(id);
  if (socket == nullptr) return drop(id, DropReason::in_no_socket);
  const Verdict verdict = policy_.allow(
      now, {Direction::inbound, Protocol::udp, id, datagram.remote, datagram.payload});
  if (!verdict.allowed) return drop(id, drop_reason_of(Direction::inbound, verdict.reason));

  Received full{id, {}, {}, datagram.remote, datagram.payload};
  if (agreed_.has(Capability::time_stamps)) {
    full.stamp = static_cast<Stamp>(now.time_since_epoch().count());
  }
  if (datagram.local != *socket->local) full.local = datagram.local;
  if (datagram.payload.size() > limits_.max_datagram_size || full.encoded_size() > kMaxRecordSize) {
    return drop(id, DropReason::in_too_large);
  }

  ++stats_.datagrams_in;
  stats_.bytes_in += datagram.payload.size();
  const auto peer = full.local ? std::nullopt : socket->peers.id_of(datagram.remote);
  if (!sender_.may_send(full.encoded_size())) {
    sender_.enqueue(now, class_of(datagram.payload), full);
  } else if (peer) {
    sender_.datagram(ReceivedShort{id, full.stamp, *peer, datagram.payload});
  } else {
    sender_.datagram(full);
  }
}

/// Counts against the session when the client named a socket that cannot exist.
void ServerSession::drop(SocketId socket, DropReason reason) {
  drops_.count(sockets_.find(socket) != nullptr ? socket : SocketId{}, reason);
}

void ServerSession::on_queue_drop(SocketId socket, QueueDrop why, std::uint32_t count) {
  switch (why) {
    case QueueDrop::full:
      return drops_.count(socket, DropReason::in_queue_full, count);
    case QueueDrop::too_old:
      return drops_.count(socket, DropReason::in_too_old, count);
    case QueueDrop::socket_closed:
      return drops_.count(socket, DropReason::in_no_socket, count);
  }
}

}  // namespace floe::tunnel
