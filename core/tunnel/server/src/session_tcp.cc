// The part of ServerSession about TCP connections.
#include <algorithm>
#include <limits>

#include "floe/tunnel/server/server_session.h"

namespace floe::tunnel {

void ServerSession::take(Timestamp now, const TcpOpen& open) {
  if (connections_.find(open.connection) != nullptr) return refuse(ErrorCode::id_in_use, open);
  if (open.kind == TcpKind::ice) {
    return sender_.control(Error{ErrorCode::unsupported, static_cast<std::uint8_t>(open.kType),
                                 open.connection.value(),
                                 "this gateway opens TCP connections to TURN servers only"});
  }
  const auto refused = [&](TcpCloseReason reason) {
    sender_.control(TcpClose{open.connection, reason});
  };
  if (state_ == State::draining || connections_.is_full()) return refused(TcpCloseReason::limit);
  Flow flow{Direction::outbound, Protocol::tcp, SocketId{}, open.remote, {}};
  flow.tcp_kind = open.kind;
  flow.server_name = open.server_name;
  if (!policy_.allow(now, flow).allowed) return refused(TcpCloseReason::denied);
  ++stats_.connections;
  connections_.open(open.connection, open.window);
  host_.open_tcp(open.connection, {open.kind, open.remote, open.server_name});
}

void ServerSession::take(Timestamp, const TcpData& data) {
  SessionConnection* connection = connections_.find(data.connection);
  if (connection == nullptr) return refuse(ErrorCode::no_such_id, data);
  if (connection->state == SessionConnection::State::closing) return;  // it crossed our TCP_CLOSE
  const bool is_open = connection->state == SessionConnection::State::open;
  if (!is_open || !connection->window.take(data.data.size())) {
    return fail(ErrorCode::credit_exceeded, static_cast<std::uint8_t>(data.kType),
                data.connection.value(), "");
  }
  if (connection->ended) return;  // the client does not know yet
  stats_.tcp_bytes_out += data.data.size();
  host_.send_tcp(data.connection, data.data);
}

void ServerSession::take(Timestamp, const TcpCredit& credit) {
  SessionConnection* connection = connections_.find(credit.connection);
  if (connection == nullptr) return refuse(ErrorCode::no_such_id, credit);
  const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - connection->credit;
  connection->credit += std::min<std::uint64_t>(credit.bytes, room);
  release_held(*connection);
}

void ServerSession::take(Timestamp, const TcpClose& close) {
  SessionConnection* connection = connections_.find(close.connection);
  if (connection == nullptr) return refuse(ErrorCode::no_such_id, close);
  if (connection->state != SessionConnection::State::closing) {
    if (!connection->ended) host_.close_tcp(close.connection);
    sender_.control(TcpClose{close.connection, TcpCloseReason::finished});
  }
  connections_.remove(close.connection);
}

void ServerSession::on_tcp_opened(TcpId id, const TransportAddress& local) {
  SessionConnection* connection = connections_.find(id);
  if (is_closed() || connection == nullptr) return;
  if (connection->state != SessionConnection::State::opening) return;
  connection->state = SessionConnection::State::open;
  sender_.control(TcpOpened{id, local, kTcpWindow});
}

void ServerSession::on_tcp_bytes(TcpId id, Bytes bytes) {
  SessionConnection* connection = connections_.find(id);
  if (is_closed() || connection == nullptr) return;
  if (connection->state != SessionConnection::State::open) return;
  stats_.tcp_bytes_in += bytes.size();
  const bool was_empty = connection->held.empty();
  if (was_empty) bytes = bytes.subspan(send_down(*connection, bytes));
  if (bytes.empty()) return;
  connection->held.insert(connection->held.end(), bytes.begin(), bytes.end());
  if (was_empty) host_.set_tcp_reading(id, false);
}

void ServerSession::on_tcp_drained(TcpId id) {
  SessionConnection* connection = connections_.find(id);
  if (is_closed() || connection == nullptr) return;
  if (const auto credit = connection->window.grant()) sender_.control(TcpCredit{id, *credit});
}

void ServerSession::on_tcp_closed(TcpId id, TcpCloseReason reason) {
  SessionConnection* connection = connections_.find(id);
  if (is_closed() || connection == nullptr) return;
  if (connection->state == SessionConnection::State::opening) {
    sender_.control(TcpClose{id, reason});
    return connections_.remove(id);
  }
  if (connection->ended || connection->state == SessionConnection::State::closing) return;
  connection->ended = reason;
  tell_end(*connection);
}

/// As far as the client has given credit and the channel is not full; how much that was.
std::size_t ServerSession::send_down(SessionConnection& connection, Bytes bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size() && connection.credit > 0 && sender_.takes_streams()) {
    const auto size = static_cast<std::size_t>(
        std::min<std::uint64_t>({bytes.size() - sent, connection.credit, kTcpPieceMax}));
    sender_.control(TcpData{connection.id, bytes.subspan(sent, size)});
    connection.credit -= size;
    sent += size;
  }
  return sent;
}

void ServerSession::release_held(SessionConnection& connection) {
  if (connection.held.empty()) return;
  const auto sent = static_cast<std::ptrdiff_t>(send_down(connection, connection.held));
  connection.held.erase(connection.held.begin(), connection.held.begin() + sent);
  if (!connection.held.empty()) return;
  connection.held = {};
  if (connection.ended) return tell_end(connection);
  host_.set_tcp_reading(connection.id, true);
}

void ServerSession::release_all_held() {
  for (std::size_t i = 0; i < connections_.size(); ++i) release_held(connections_.at(i));
}

void ServerSession::tell_end(SessionConnection& connection) {
  if (!connection.held.empty()) return;
  connection.state = SessionConnection::State::closing;
  sender_.control(TcpClose{connection.id, *connection.ended});
}

void ServerSession::close_all_connections() {
  while (connections_.size() != 0) {
    const SessionConnection last = connections_.at(connections_.size() - 1);
    connections_.remove(last.id);
    if (!last.ended) host_.close_tcp(last.id);
  }
}

}  // namespace floe::tunnel
