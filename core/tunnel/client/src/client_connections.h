// The TCP connections of a client's session: those that wait to be asked for, and those that the
// gateway has.
//
// A connection leaves when the application closes it or when it ends; nothing is told of it after
// that. Its id in the protocol is free again when the gateway has said so.
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

  /// Waits for open_waiting(), kStreamConnectTimeout at most.
  ConnectionHandle connect(Timestamp now, const TransportAddress& remote,
                           std::optional<std::string> server_name);
  void close(ConnectionHandle connection);
  /// False when it is not open, or more than kStreamBacklogMax would wait.
  bool send(ConnectionHandle connection, Bytes bytes);

  /// Sends TCP_OPEN for the connections that wait, as far as there are ids for them. With a
  /// `refusal` they end for that reason instead.
  void open_waiting(std::string_view refusal);
  /// Every connection ends.
  void fail_all(std::string_view reason);
  /// Sends what waited for credit, or for the channel.
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
