#include "floe/tunnel/server/session_sockets.h"

#include "peer_table.h"
#include "refusal.h"

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

struct SessionSockets::Socket {
  std::optional<TransportAddress> local;  // empty until the host has bound it
  PeerTable peers;
};

SessionSockets::SessionSockets(ServerHost& host, Policy& policy, RecordSender& sender,
                               DropLedger& drops)
    : host_(host), policy_(policy), sender_(sender), drops_(drops) {}

SessionSockets::~SessionSockets() = default;

void SessionSockets::start(const SessionLimits& limits, std::uint64_t hash_key,
                           Capabilities agreed) {
  limits_ = limits;
  hash_key_ = hash_key;
  stamps_ = agreed.has(Capability::time_stamps);
}

void SessionSockets::close_all() {
  is_over_ = true;
  for (std::size_t i = 0; i < sockets_.size(); ++i) {
    const SocketId socket{static_cast<std::uint16_t>(i + 1)};
    if (find(socket) == nullptr) continue;
    release(socket);
    host_.close_socket(socket);
  }
}

void SessionSockets::handle(Timestamp, const Bind& bind) {
  if (find(bind.socket) != nullptr) return refuse(sender_, ErrorCode::id_in_use, bind);
  if (bind.socket.value() > limits_.max_sockets) {
    return tell_closed(bind.socket, SocketCloseReason::limit);
  }
  if (draining_) return tell_closed(bind.socket, SocketCloseReason::going_away);
  if (sockets_.size() < bind.socket.value()) sockets_.resize(bind.socket.value());
  sockets_[index_of(bind.socket)] =
      std::make_unique<Socket>(Socket{{}, PeerTable{limits_.max_peers_per_socket, hash_key_}});
  ++open_count_;
  host_.open_socket(bind.socket, bind.request);
}

void SessionSockets::handle(Timestamp, const CloseSocket& close) {
  if (find(close.socket) == nullptr) return refuse(sender_, ErrorCode::no_such_id, close);
  release(close.socket);
  host_.close_socket(close.socket);
  tell_closed(close.socket, SocketCloseReason::requested);
}

void SessionSockets::handle(Timestamp now, const PeerOpen& open) {
  Socket* socket = find_bound(open.socket);
  if (socket == nullptr) return refuse(sender_, ErrorCode::no_such_id, open);
  switch (socket->peers.open(open.peer, open.remote)) {
    case PeerTable::OpenResult::opened:
      sender_.control(
          PeerOpened{open.socket, open.peer, policy_.permission(now, open.socket, open.remote)});
      return;
    case PeerTable::OpenResult::id_out_of_range:
      return refuse(sender_, ErrorCode::limit, open);
    case PeerTable::OpenResult::id_in_use:
    case PeerTable::OpenResult::address_in_use:
      return refuse(sender_, ErrorCode::id_in_use, open);
  }
}

void SessionSockets::handle(Timestamp, const PeerClose& close) {
  Socket* socket = find_bound(close.socket);
  if (socket == nullptr || !socket->peers.close(close.peer)) {
    refuse(sender_, ErrorCode::no_such_id, close);
  }
}

void SessionSockets::handle(Timestamp now, const Send& send) {
  if (find_bound(send.socket) == nullptr) return drop(send.socket, DropReason::out_no_socket);
  send_out(now, send.socket, send.remote, send.stamp, send.payload);
}

void SessionSockets::handle(Timestamp now, const SendShort& send) {
  const Socket* socket = find_bound(send.socket);
  if (socket == nullptr) return drop(send.socket, DropReason::out_no_socket);
  const TransportAddress* remote = socket->peers.address_of(send.peer);
  if (remote == nullptr) return drop(send.socket, DropReason::out_no_peer);
  send_out(now, send.socket, *remote, send.stamp, send.payload);
}

void SessionSockets::send_out(Timestamp now, SocketId socket, const TransportAddress& to,
                              const std::optional<Stamp>& stamp, Bytes payload) {
  if (payload.size() > limits_.max_datagram_size) return drop(socket, DropReason::out_too_large);
  const FlowVerdict verdict =
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
  ++counters_.out;
  counters_.out_bytes += payload.size();
  if (stamp && stamps_) {
    if (sender_.may_send()) sender_.datagram(Sent{socket, *stamp, stamp_of(now)});
  }
}

void SessionSockets::handle_bound(SocketId id, const TransportAddress& local,
                                  const std::optional<TransportAddress>& mapped) {
  Socket* socket = find(id);
  if (socket == nullptr || socket->local) return;
  socket->local = local;
  sender_.control(Bound{id, local, mapped});
}

void SessionSockets::handle_socket_failed(SocketId socket, BindError error) {
  if (find(socket) == nullptr) return;
  release(socket);
  tell_closed(socket, close_reason_of(error));
}

void SessionSockets::handle_permission(SocketId id, const TransportAddress& remote,
                                       const PeerPermission& permission) {
  const Socket* socket = find_bound(id);
  if (socket == nullptr) return;
  const auto peer = socket->peers.id_of(remote);
  if (peer) sender_.control(PermissionChanged{id, *peer, permission});
}

void SessionSockets::handle_datagram(Timestamp now, SocketId id, const Datagram& datagram) {
  if (is_over_) return;
  const Socket* socket = find_bound(id);
  if (socket == nullptr) return drop(id, DropReason::in_no_socket);
  const FlowVerdict verdict = policy_.allow(
      now, {Direction::inbound, Protocol::udp, id, datagram.remote, datagram.payload});
  if (!verdict.allowed) return drop(id, drop_reason_of(Direction::inbound, verdict.reason));

  Received full{id, {}, {}, datagram.remote, datagram.payload};
  if (stamps_) full.stamp = stamp_of(now);
  if (datagram.local != *socket->local) full.local = datagram.local;
  const std::size_t size = encoded_size(full);
  if (datagram.payload.size() > limits_.max_datagram_size || size > kMaxRecordSize) {
    return drop(id, DropReason::in_too_large);
  }

  ++counters_.in;
  counters_.in_bytes += datagram.payload.size();
  if (!sender_.may_send()) return sender_.enqueue(now, class_of(datagram.payload), full);
  const auto peer = full.local ? std::nullopt : socket->peers.id_of(datagram.remote);
  if (peer) {
    sender_.datagram(ReceivedShort{id, full.stamp, *peer, datagram.payload});
  } else {
    sender_.datagram(full);
  }
}

SessionSockets::Socket* SessionSockets::find(SocketId socket) const {
  if (socket == SocketId{} || socket.value() > sockets_.size()) return nullptr;
  return sockets_[index_of(socket)].get();
}

SessionSockets::Socket* SessionSockets::find_bound(SocketId socket) const {
  Socket* found = find(socket);
  return found != nullptr && found->local ? found : nullptr;
}

void SessionSockets::release(SocketId socket) {
  sockets_[index_of(socket)].reset();
  --open_count_;
}

void SessionSockets::tell_closed(SocketId socket, SocketCloseReason reason) {
  sender_.forget(socket);
  drops_.close(socket, sender_);
  sender_.control(SocketClosed{socket, reason});
}

/// Counts the drop for no socket (id 0) when the socket that the client named is not open.
void SessionSockets::drop(SocketId socket, DropReason reason) {
  drops_.count(find(socket) != nullptr ? socket : SocketId{}, reason);
}

}  // namespace floe::tunnel
