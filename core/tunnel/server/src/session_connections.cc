#include "floe/tunnel/server/session_connections.h"

#include <algorithm>

#include "refusal.h"

namespace floe::tunnel {

void SessionConnections::handle(Timestamp now, const TcpOpen& open) {
  if (find(open.connection) != nullptr) return refuse(sender_, ErrorCode::id_in_use, open);
  if (open.kind == TcpKind::ice) {
    sender_.control(Error{ErrorCode::unsupported, static_cast<std::uint8_t>(open.kType),
                          open.connection.value(),
                          "this gateway opens TCP connections to TURN servers only"});
    return;
  }
  const auto close_with = [&](TcpCloseReason reason) {
    sender_.control(TcpClose{open.connection, reason});
  };
  if (draining_ || connections_.size() >= max_) return close_with(TcpCloseReason::limit);
  Flow flow{Direction::outbound, Protocol::tcp, SocketId{}, open.remote, {}};
  flow.tcp_kind = open.kind;
  flow.server_name = open.server_name;
  if (!policy_.allow(now, flow).allowed) return close_with(TcpCloseReason::denied);
  ++counters_.opened;
  connections_.push_back({open.connection, SendCredit{open.window}});
  host_.open_tcp(open.connection, {open.kind, open.remote, open.server_name});
}

bool SessionConnections::handle(Timestamp, const TcpData& data) {
  Connection* connection = find(data.connection);
  if (connection == nullptr) {
    refuse(sender_, ErrorCode::no_such_id, data);
    return true;
  }
  if (connection->state == State::closing) return true;  // the data crossed our TCP_CLOSE
  const bool is_open = connection->state == State::open;
  if (!is_open || !connection->window.consume(data.data.size())) return false;
  if (connection->ended) return true;  // the client does not know yet
  counters_.out_bytes += data.data.size();
  host_.send_tcp(data.connection, data.data);
  return true;
}

void SessionConnections::handle(Timestamp, const TcpCredit& credit) {
  Connection* connection = find(credit.connection);
  if (connection == nullptr) return refuse(sender_, ErrorCode::no_such_id, credit);
  connection->credit.add(credit.bytes);
  release_held(*connection);
}

void SessionConnections::handle(Timestamp, const TcpClose& close) {
  Connection* connection = find(close.connection);
  if (connection == nullptr) return refuse(sender_, ErrorCode::no_such_id, close);
  if (connection->state != State::closing) {
    if (!connection->ended) host_.close_tcp(close.connection);
    sender_.control(TcpClose{close.connection, TcpCloseReason::finished});
  }
  remove(close.connection);
}

void SessionConnections::handle_opened(TcpId id, const TransportAddress& local) {
  Connection* connection = find(id);
  if (connection == nullptr || connection->state != State::opening) return;
  connection->state = State::open;
  sender_.control(TcpOpened{id, local, kTcpWindow});
}

void SessionConnections::handle_bytes(TcpId id, Bytes bytes) {
  Connection* connection = find(id);
  if (connection == nullptr || connection->state != State::open) return;
  counters_.in_bytes += bytes.size();
  const bool was_empty = connection->held.empty();
  if (was_empty) bytes = bytes.subspan(send_down(*connection, bytes));
  if (bytes.empty()) return;
  connection->held.insert(connection->held.end(), bytes.begin(), bytes.end());
  if (was_empty) host_.set_tcp_reading(id, false);
}

void SessionConnections::handle_drained(TcpId id) {
  Connection* connection = find(id);
  if (connection == nullptr) return;
  if (const auto credit = connection->window.grant()) sender_.control(TcpCredit{id, *credit});
}

void SessionConnections::handle_closed(TcpId id, TcpCloseReason reason) {
  Connection* connection = find(id);
  if (connection == nullptr) return;
  if (connection->state == State::opening) {
    sender_.control(TcpClose{id, reason});
    return remove(id);
  }
  if (connection->ended || connection->state == State::closing) return;
  connection->ended = reason;
  tell_end(*connection);
}

void SessionConnections::release_held() {
  for (Connection& connection : connections_) release_held(connection);
}

void SessionConnections::close_all() {
  while (!connections_.empty()) {
    const TcpId id = connections_.back().id;
    const bool is_over = connections_.back().ended.has_value();
    connections_.pop_back();
    if (!is_over) host_.close_tcp(id);
  }
}

SessionConnections::Connection* SessionConnections::find(TcpId id) {
  const auto place = std::ranges::find(connections_, id, &Connection::id);
  return place == connections_.end() ? nullptr : &*place;
}

void SessionConnections::remove(TcpId id) {
  std::erase_if(connections_, [id](const Connection& one) { return one.id == id; });
}

/// Sends bytes as far as the client's credit and the channel allow; returns how many.
std::size_t SessionConnections::send_down(Connection& connection, Bytes bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size() && connection.credit.left() > 0 && sender_.takes_streams()) {
    const auto size = static_cast<std::size_t>(
        std::min<std::uint64_t>({bytes.size() - sent, connection.credit.left(), kTcpPieceMax}));
    sender_.control(TcpData{connection.id, bytes.subspan(sent, size)});
    connection.credit.spend(size);
    sent += size;
  }
  return sent;
}

void SessionConnections::release_held(Connection& connection) {
  if (connection.held.empty()) return;
  const auto sent = static_cast<std::ptrdiff_t>(send_down(connection, connection.held));
  connection.held.erase(connection.held.begin(), connection.held.begin() + sent);
  if (!connection.held.empty()) return;
  connection.held = ByteVector();  // gives the memory back
  if (connection.ended) return tell_end(connection);
  host_.set_tcp_reading(connection.id, true);
}

void SessionConnections::tell_end(Connection& connection) {
  if (!connection.held.empty()) return;
  connection.state = State::closing;
  sender_.control(TcpClose{connection.id, *connection.ended});
}

}  // namespace floe::tunnel
