// The part of ServerSession about sockets and peers.
#include "floe/tunnel/server/server_session.h"

namespace floe::tunnel {

void ServerSession::take(Timestamp, const Bind& bind) {
  if (sockets_.find(bind.socket) != nullptr) return refuse(ErrorCode::id_in_use, bind);
  if (!sockets_.is_in_range(bind.socket)) {
    return tell_closed(bind.socket, SocketCloseReason::limit);
  }
  if (state_ == State::draining) return tell_closed(bind.socket, SocketCloseReason::going_away);
  sockets_.open(bind.socket);
  host_.open_socket(bind.socket, bind.request);
}

void ServerSession::take(Timestamp, const CloseSocket& close) {
  if (sockets_.find(close.socket) == nullptr) return refuse(ErrorCode::no_such_id, close);
  sockets_.close(close.socket);
  host_.close_socket(close.socket);
  tell_closed(close.socket, SocketCloseReason::requested);
}

void ServerSession::take(Timestamp now, const PeerOpen& open) {
  SessionSocket* socket = sockets_.find_bound(open.socket);
  if (socket == nullptr) return refuse(ErrorCode::no_such_id, open);
  switch (socket->peers.open(open.peer, open.remote)) {
    case PeerTable::OpenResult::opened:
      sender_.control(
          PeerOpened{open.socket, open.peer, policy_.permission(now, open.socket, open.remote)});
      return;
    case PeerTable::OpenResult::id_out_of_range:
      return refuse(ErrorCode::limit, open);
    case PeerTable::OpenResult::id_in_use:
    case PeerTable::OpenResult::address_in_use:
      return refuse(ErrorCode::id_in_use, open);
  }
}

void ServerSession::take(Timestamp, const PeerClose& close) {
  SessionSocket* socket = sockets_.find_bound(close.socket);
  if (socket == nullptr || !socket->peers.close(close.peer)) {
    refuse(ErrorCode::no_such_id, close);
  }
}

void ServerSession::on_bound(SocketId id, const TransportAddress& local,
                             const std::optional<TransportAddress>& mapped) {
  SessionSocket* socket = sockets_.find(id);
  if (is_closed() || socket == nullptr || socket->local) return;
  socket->local = local;
  sender_.control(Bound{id, local, mapped});
}

void ServerSession::on_socket_failed(SocketId socket, BindError error) {
  if (is_closed() || sockets_.find(socket) == nullptr) return;
  sockets_.close(socket);
  tell_closed(socket, close_reason_of(error));
}

void ServerSession::on_permission(SocketId id, const TransportAddress& remote,
                                  const Permission& permission) {
  if (is_closed()) return;
  SessionSocket* socket = sockets_.find_bound(id);
  if (socket == nullptr) return;
  const auto peer = socket->peers.id_of(remote);
  if (peer) sender_.control(PermissionChanged{id, *peer, permission});
}

void ServerSession::refuse(ErrorCode code, const Record& about) {
  const auto type = static_cast<std::uint8_t>(type_of(about));
  sender_.control(Error{code, type, id_of(about), to_text(code)});
}

void ServerSession::tell_closed(SocketId socket, SocketCloseReason reason) {
  sender_.forget(socket);
  drops_.close(socket, sender_);
  sender_.control(SocketClosed{socket, reason});
}

}  // namespace floe::tunnel
