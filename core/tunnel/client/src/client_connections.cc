#include "client_connections.h"

#include <algorithm>

#include "floe/api/stream_socket.h"
#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {
namespace {

constexpr std::string_view kTooMany = "there are too many TCP connections through the gateway";
constexpr std::string_view kNoAnswerFromServer = "the server does not answer";

std::string_view reason_of(TcpCloseReason reason) {
  switch (reason) {
    case TcpCloseReason::finished:
      return "the server closed the connection";
    case TcpCloseReason::refused:
      return "connection refused";
    case TcpCloseReason::unreachable:
      return "there is no route from the gateway to the server";
    case TcpCloseReason::timed_out:
      return "the server does not answer the gateway";
    case TcpCloseReason::denied:
      return "the gateway's configuration does not allow this TURN server";
    case TcpCloseReason::reset:
      return "the server reset the connection";
    case TcpCloseReason::tls_failed:
      return "the gateway could not verify the server by TLS: see its log";
    case TcpCloseReason::limit:
      return "the gateway cannot open more TCP connections";
  }
  return "?";
}

}  // namespace

ConnectionHandle ClientConnections::connect(Timestamp now, const TransportAddress& remote,
                                            std::optional<std::string> server_name) {
  const ConnectionHandle handle{++last_handle_};
  connections_.push_back(std::make_unique<ClientConnection>(handle, remote, std::move(server_name),
                                                            now + kStreamConnectTimeout));
  uplink_.want_flush();
  return handle;
}

void ClientConnections::close(ConnectionHandle handle) {
  const auto place = place_of(connections_, handle);
  if (place == connections_.end()) return;
  const TcpId id = (*place)->id();
  connections_.erase(place);
  tell_server_closed(id);
}

/// Without effect before TCP_OPEN.
void ClientConnections::tell_server_closed(TcpId id) {
  if (id == TcpId{}) return;
  ids_.disown(id.value());
  uplink_.control(TcpClose{id, TcpCloseReason::finished});
  uplink_.want_flush();
}

bool ClientConnections::send(ConnectionHandle handle, Bytes bytes) {
  ClientConnection* connection = find_by_handle(connections_, handle);
  if (connection == nullptr || !connection->send(uplink_, bytes)) return false;
  uplink_.want_flush();
  return true;
}

void ClientConnections::open_waiting(std::string_view refusal) {
  std::erase_if(connections_, [&](const auto& connection) {
    if (!connection->is_waiting()) return false;
    const std::string_view flaw = refusal.empty() ? open(*connection) : refusal;
    if (flaw.empty()) return false;
    events_.push(ConnectionClosed{connection->handle(), flaw});
    return true;
  });
}

/// Why the connection could not be requested; empty when TCP_OPEN was sent.
std::string_view ClientConnections::open(ClientConnection& connection) {
  const std::string_view flaw = connection.flaw();
  if (!flaw.empty()) return flaw;
  connection.set_id(TcpId{ids_.assign(connection.handle().value(), kMaxConnections)});
  if (connection.is_waiting()) return kTooMany;
  uplink_.control(connection.request());
  return {};
}

void ClientConnections::fail_all(std::string_view reason) {
  for (const auto& connection : connections_) {
    ids_.disown(connection->id().value());
    events_.push(ConnectionClosed{connection->handle(), reason});
  }
  connections_.clear();
}

void ClientConnections::flush() {
  for (const auto& connection : connections_) {
    if (connection->drain(uplink_)) events_.push(ConnectionDrained{connection->handle()});
  }
}

void ClientConnections::handle(Timestamp, const TcpOpened& opened) {
  ClientConnection* connection = find(opened.connection);
  if (connection == nullptr || connection->is_open()) return;
  connection->handle_opened(opened.window);
  events_.push(ConnectionOpened{connection->handle(), opened.local});
}

bool ClientConnections::handle_data(const TcpData& data) {
  ClientConnection* connection = find(data.connection);
  if (connection == nullptr || !connection->is_open()) {
    ++stats_.strays;
    return true;
  }
  if (!connection->receive(data.data.size())) return false;
  if (const auto credit = connection->grant()) {
    uplink_.control(TcpCredit{data.connection, *credit});
  }
  events_.push(BytesArrived{connection->handle(), data.data});
  return true;
}

void ClientConnections::handle(Timestamp, const TcpCredit& credit) {
  ClientConnection* connection = find(credit.connection);
  if (connection == nullptr) return;
  connection->add_credit(credit.bytes);
  uplink_.want_flush();
}

void ClientConnections::handle(Timestamp, const TcpClose& close) {
  if (!ids_.is_in_use(close.connection.value())) return;
  const ClientConnection* connection = find(close.connection);
  const ConnectionHandle handle{ids_.release(close.connection.value())};
  if (connection == nullptr) return;  // the answer to our TCP_CLOSE, or a TCP_CLOSE that crossed it
  if (connection->is_open()) {
    uplink_.control(TcpClose{close.connection, TcpCloseReason::finished});
  }
  end(handle, reason_of(close.reason));
}

void ClientConnections::handle_refused(TcpId id, std::string_view why) {
  end(ConnectionHandle{ids_.release(id.value())}, why);
}

/// Without effect when there is no such connection.
void ClientConnections::end(ConnectionHandle handle, std::string_view reason) {
  const auto place = place_of(connections_, handle);
  if (place == connections_.end()) return;
  connections_.erase(place);
  events_.push(ConnectionClosed{handle, reason});
}

ClientConnection* ClientConnections::find(TcpId id) const {
  return find_by_handle(connections_, ConnectionHandle{ids_.owner_of(id.value())});
}

Timestamp ClientConnections::deadline() const {
  Timestamp earliest = kNever;
  for (const auto& connection : connections_) {
    earliest = std::min(earliest, connection->deadline());
  }
  return earliest;
}

void ClientConnections::handle_timeout(Timestamp now) {
  std::erase_if(connections_, [&](const auto& connection) {
    if (now < connection->deadline()) return false;
    tell_server_closed(connection->id());
    events_.push(ConnectionClosed{connection->handle(), kNoAnswerFromServer});
    return true;
  });
}

}  // namespace floe::tunnel
