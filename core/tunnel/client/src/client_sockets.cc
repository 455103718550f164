#include "client_sockets.h"

namespace floe::tunnel {

void ClientSockets::handle_welcome(const Welcome& welcome) {
  max_sockets_ = welcome.max_sockets;
  max_peers_ = welcome.max_peers_per_socket;
  stats_.max_datagram_size = welcome.max_datagram_size;
  has_stamps_ = welcome.capabilities.has(Capability::time_stamps);
}

SocketHandle ClientSockets::open(const BindRequest& request) {
  const SocketHandle handle{++last_handle_};
  sockets_.push_back(std::make_unique<ClientSocketState>(handle, request));
  uplink_.want_flush();
  return handle;
}

void ClientSockets::close(SocketHandle handle) {
  const auto place = place_of(sockets_, handle);
  if (place == sockets_.end()) return;
  const SocketId id = (*place)->id;
  sockets_.erase(place);
  if (id == SocketId{}) return;
  ids_.disown(id.value());
  uplink_.forget(id);
  uplink_.control(CloseSocket{id});
  uplink_.want_flush();
}

SendStatus ClientSockets::send(Timestamp now, SocketHandle handle, const TransportAddress& to,
                               Bytes payload) {
  ClientSocketState* socket = find_by_handle(sockets_, handle);
  if (socket == nullptr || !socket->is_bound()) return SendStatus::failed;
  if (to.ip.family() != socket->local->ip.family()) return SendStatus::failed;
  if (payload.size() > stats_.max_datagram_size) return SendStatus::too_large;
  const ClientPeers::Route route = socket->peers.use(to);
  if (route.close) uplink_.control(PeerClose{socket->id, *route.close});
  if (route.open) uplink_.control(PeerOpen{socket->id, *route.open, to});
  if (route.denied) {
    ++stats_.sends_denied;
    return SendStatus::failed;
  }
  std::optional<Stamp> stamp;
  if (has_stamps_) stamp = stamp_of(now);
  uplink_.datagram(now, Send{socket->id, stamp, to, payload}, route.peer);
  ++stats_.datagrams_sent;
  stats_.bytes_sent += payload.size();
  uplink_.want_flush();
  return SendStatus::sent;
}

void ClientSockets::bind_waiting() {
  for (const auto& socket : sockets_) {
    if (socket->is_waiting()) bind(*socket);
  }
  std::erase_if(sockets_, [&](const auto& socket) {
    if (!socket->is_waiting()) return false;
    events_.push(SocketFailed{socket->handle(), BindError::limit});
    return true;
  });
}

/// The socket goes on waiting when no id is free.
void ClientSockets::bind(ClientSocketState& socket) {
  socket.id = SocketId{ids_.assign(socket.handle().value(), max_sockets_)};
  if (socket.is_waiting()) return;
  socket.peers = ClientPeers{max_peers_};
  uplink_.control(Bind{socket.id, socket.request});
}

void ClientSockets::fail_all(BindError error) {
  for (const auto& socket : sockets_) {
    ids_.disown(socket->id.value());
    events_.push(SocketFailed{socket->handle(), error});
  }
  sockets_.clear();
}

void ClientSockets::handle(Timestamp now, const Received& received) {
  const ClientSocketState* socket = find(received.socket);
  if (socket == nullptr || !socket->is_bound()) {
    ++stats_.strays;
    return;
  }
  count_received(now, received.stamp, received.payload);
  const TransportAddress& local = received.local ? *received.local : *socket->local;
  events_.push_datagram(socket->handle(), local, received.remote, received.payload);
}

void ClientSockets::handle(Timestamp now, const ReceivedShort& received) {
  const ClientSocketState* socket = find(received.socket);
  const TransportAddress* remote =
      socket == nullptr ? nullptr : socket->peers.address_of(received.peer);
  if (remote == nullptr || !socket->is_bound()) {
    ++stats_.strays;
    return;
  }
  count_received(now, received.stamp, received.payload);
  events_.push_datagram(socket->handle(), *socket->local, *remote, received.payload);
}

void ClientSockets::count_received(Timestamp now, const std::optional<Stamp>& stamp,
                                   Bytes payload) {
  ++stats_.datagrams_received;
  stats_.bytes_received += payload.size();
  if (stamp) {
    const auto delay = clock_.downlink(*stamp, now);
    if (delay) stats_.downlink_delay = delay;
  }
}

void ClientSockets::handle(Timestamp, const Bound& bound) {
  ClientSocketState* socket = find(bound.socket);
  if (socket == nullptr || socket->is_bound()) return;
  socket->local = bound.local;
  socket->mapped = bound.mapped;
  events_.push(SocketBound{socket->handle(), bound.local});
}

void ClientSockets::handle(Timestamp, const SocketClosed& closed) {
  gateway_drops_.handle_socket_closed(closed.socket);
  uplink_.forget(closed.socket);
  const SocketHandle handle{ids_.release(closed.socket.value())};
  const auto place = place_of(sockets_, handle);
  if (place == sockets_.end()) return;
  sockets_.erase(place);
  events_.push(SocketFailed{handle, bind_error_of(closed.reason)});
}

void ClientSockets::handle(Timestamp, const Dropped& dropped) {
  if (ids_.is_known(dropped.socket.value())) {
    gateway_drops_.handle_report(dropped.socket, dropped.totals);
  }
}

void ClientSockets::handle(Timestamp, const PeerOpened& opened) {
  ClientSocketState* socket = find(opened.socket);
  if (socket != nullptr) socket->peers.on_opened(opened.peer, opened.permission);
}

void ClientSockets::handle(Timestamp, const PermissionChanged& changed) {
  ClientSocketState* socket = find(changed.socket);
  if (socket != nullptr) socket->peers.on_permission(changed.peer, changed.permission);
}

void ClientSockets::handle_peer_refused(SocketId id, PeerId peer) {
  ClientSocketState* socket = find(id);
  if (socket != nullptr) socket->peers.on_refused(peer);
}

ClientSocketState* ClientSockets::find(SocketId id) const {
  return find_by_handle(sockets_, SocketHandle{ids_.owner_of(id.value())});
}

}  // namespace floe::tunnel
