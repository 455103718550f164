// The TCP connections of a client's session: connections that wait for their TCP_OPEN, and
// connections that the gateway has.
//
// A connection is removed when the application closes it or when it ends; no event about it
// follows. Its id in the protocol is free again when the gateway has confirmed the end.
#pragma once

#include <memory>
#include <vector>

#include "client_connection.h"
#include "event_queue.h"
#include "floe/tunnel/client/client_stats.h"
#include "wire_ids.h"

namespace floe::tunnel {

class ClientConnections {
 public:
  /// All three must outlive it.
  ClientConnections(Uplink& uplink, EventQueue& events, ClientStats& stats)
      : uplink_(uplink), events_(events), stats_(stats) {}

  /// The connection waits for open_waiting(). It ends if it is not open after
  /// kStreamConnectTimeout.
  ConnectionHandle connect(Timestamp now, const TransportAddress& remote,
                           std::optional<std::string> server_name);
  void close(ConnectionHandle connection);
  /// False when the connection is not open, or when more than kStreamBacklogMax would wait.
  bool send(ConnectionHandle connection, Bytes bytes);

  /// Sends TCP_OPEN for the waiting connections; a connection for which no id is free ends. With a
  /// `refusal` all of them end for that reason instead.
  void open_waiting(std::string_view refusal);
  /// Every connection ends.
  void fail_all(std::string_view reason);
  /// Sends the bytes that waited for credit or for the channel.
  void flush();

  void handle(Timestamp now, const TcpOpened& opened);
  void handle(Timestamp now, const TcpCredit& credit);
  void handle(Timestamp now, const TcpClose& close);
  /// False when the gateway had no credit for the bytes.
  bool handle_data(const TcpData& data);
  /// ERROR came as the answer to TCP_OPEN.
  void handle_refused(TcpId id, std::string_view why);

  Timestamp deadline() const;
  void handle_timeout(Timestamp now);

 private:
  ClientConnection* find(TcpId id) const;
  std::string_view open(ClientConnection& connection);
  void end(ConnectionHandle connection, std::string_view reason);
  void tell_server_closed(TcpId id);

  Uplink& uplink_;
  EventQueue& events_;
  ClientStats& stats_;
  std::vector<std::unique_ptr<ClientConnection>> connections_;  // in the order of connecting
  std::uint32_t last_handle_ = 0;
  WireIds ids_;
};

}  // namespace floe::tunnel
