// The TCP connections of one server session, by the ids that the client chose (PROTOCOL.md, section
// 10). The Policy is asked before each is opened.
//
// Bytes from the network wait, in `held`, until the client has given credit for them and the
// channel takes them. Until then the host does not read, so at most the bytes of one read wait.
//
//   opening --handle_opened()-------------> open      TCP_OPENED is sent
//   opening --handle_closed()-------------> gone      TCP_CLOSE is sent, and not answered
//   open    --handle_closed(), all sent---> closing   TCP_CLOSE is sent
//   closing --TCP_CLOSE-------------------> gone      the id is free
//   opening, open --TCP_CLOSE-------------> gone      and answered
#pragma once

#include <optional>
#include <vector>

#include "floe/tunnel/flow/send_credit.h"
#include "floe/tunnel/flow/uplink_window.h"
#include "floe/tunnel/records/record.h"
#include "floe/tunnel/server/policy.h"
#include "floe/tunnel/server/record_sender.h"
#include "floe/tunnel/server/server_host.h"

namespace floe::tunnel {

struct ConnectionCounters {
  std::uint64_t opened = 0;  ///< requested from the host
  std::uint64_t out_bytes = 0;
  std::uint64_t in_bytes = 0;
};

class SessionConnections {
 public:
  /// All must outlive the connections.
  SessionConnections(ServerHost& host, Policy& policy, RecordSender& sender)
      : host_(host), policy_(policy), sender_(sender) {}

  /// HELLO was accepted.
  void start(const SessionLimits& limits) { max_ = limits.max_connections; }
  /// Connections that are open go on, new ones are refused.
  void drain() { draining_ = true; }
  /// The session is over: closes all, and ignores the host's inputs from now on.
  void close_all();

  // Records of the client.

  void handle(Timestamp now, const TcpOpen& open);
  /// False when the client exceeded its credit, which ends the session.
  [[nodiscard]] bool handle(Timestamp now, const TcpData& data);
  void handle(Timestamp now, const TcpCredit& credit);
  void handle(Timestamp now, const TcpClose& close);

  // Inputs of the host.

  /// `local` is told to the client, as in SessionSockets::handle_bound().
  void handle_opened(TcpId connection, const TransportAddress& local);
  /// After set_tcp_reading(false), only the bytes of a read that was in progress may come.
  void handle_bytes(TcpId connection, Bytes bytes);
  /// All bytes that were sent have left the host.
  void handle_drained(TcpId connection);
  /// Opening failed, or the connection is over.
  void handle_closed(TcpId connection, TcpCloseReason reason);

  /// Sends the waiting bytes, as far as credit and the channel allow. Call it when the channel
  /// takes messages again; a TCP_CREDIT sends them by itself.
  void release_held();

  const ConnectionCounters& counters() const { return counters_; }

 private:
  enum class State : std::uint8_t { opening, open, closing };

  struct Connection {
    TcpId id;
    SendCredit credit;  // for bytes to the client
    State state = State::opening;
    UplinkWindow window{kTcpWindow};
    ByteVector held = {};
    std::optional<TcpCloseReason> ended = {};  // why the network closed; told after `held`
  };

  /// Null when there is no such connection. Valid until the next connection is opened or removed.
  Connection* find(TcpId id);
  void remove(TcpId id);
  std::size_t send_down(Connection& connection, Bytes bytes);
  void release_held(Connection& connection);
  void tell_end(Connection& connection);

  ServerHost& host_;
  Policy& policy_;
  RecordSender& sender_;
  std::size_t max_ = 0;
  bool draining_ = false;
  std::vector<Connection> connections_;  // few: a search is cheaper than a table
  ConnectionCounters counters_;
};

}  // namespace floe::tunnel
