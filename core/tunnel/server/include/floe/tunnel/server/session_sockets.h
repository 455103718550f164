// The UDP sockets of one server session and their peers, by the ids that the client chose, and the
// datagrams that pass through them (PROTOCOL.md, sections 4 to 6).
//
// The session hands in the client's records, the host the events of its sockets. Answers go into
// the RecordSender, requests to the ServerHost. The Policy is asked before each datagram passes:
// datagrams pass only through this class.
//
//   free    --BIND----------------------> opening   the host opens it
//   opening --handle_bound()------------> bound     BOUND is sent
//   any     --handle_socket_failed()----> free      SOCKET_CLOSED is sent
//   any     --CLOSE_SOCKET--------------> free      the host closes it, SOCKET_CLOSED is sent
//
// A datagram costs constant time and no allocation, in either direction, once buffers have grown.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "floe/tunnel/records/record.h"
#include "floe/tunnel/server/drop_ledger.h"
#include "floe/tunnel/server/policy.h"
#include "floe/tunnel/server/record_sender.h"
#include "floe/tunnel/server/server_host.h"
#include "floe/tunnel/server/session_limits.h"

namespace floe::tunnel {

struct DatagramCounters {
  std::uint64_t out = 0;        ///< taken by the host for the network
  std::uint64_t out_bytes = 0;  ///< payload bytes of these datagrams
  std::uint64_t in = 0;         ///< from the network, passed by the policy
  std::uint64_t in_bytes = 0;
};

class SessionSockets {
 public:
  /// All must outlive the sockets.
  SessionSockets(ServerHost& host, Policy& policy, RecordSender& sender, DropLedger& drops);
  ~SessionSockets();

  /// HELLO was accepted. `hash_key` keys the tables of peers.
  void start(const SessionLimits& limits, std::uint64_t hash_key, Capabilities agreed);
  /// Sockets that are open go on, new ones are refused.
  void drain() { draining_ = true; }
  /// The session is over: closes all sockets, and ignores every input from now on.
  void close_all();

  // Records of the client.

  void handle(Timestamp now, const Bind& bind);
  void handle(Timestamp now, const CloseSocket& close);
  void handle(Timestamp now, const PeerOpen& open);
  void handle(Timestamp now, const PeerClose& close);
  void handle(Timestamp now, const Send& send);
  void handle(Timestamp now, const SendShort& send);

  // Inputs of the host.

  /// The answer to ServerHost::open_socket(). The client is told `local` and `mapped`: the
  /// advertised addresses, where these differ from the machine's.
  void handle_bound(SocketId socket, const TransportAddress& local,
                    const std::optional<TransportAddress>& mapped);
  /// Opening failed, or a bound socket was lost.
  void handle_socket_failed(SocketId socket, BindError error);
  /// `datagram.local` is the advertised address too, as in handle_bound().
  void handle_datagram(Timestamp now, SocketId socket, const Datagram& datagram);
  /// The policy changed its permission for a peer; without effect when the peer has no short id.
  void handle_permission(SocketId socket, const TransportAddress& remote,
                         const PeerPermission& permission);

  const DatagramCounters& counters() const { return counters_; }
  std::uint16_t open_count() const { return open_count_; }

 private:
  struct Socket;  // an open one, bound or not

  static std::size_t index_of(SocketId socket) { return socket.value() - std::size_t{1}; }
  Socket* find(SocketId socket) const;
  Socket* find_bound(SocketId socket) const;
  void release(SocketId socket);
  void tell_closed(SocketId socket, SocketCloseReason reason);
  void send_out(Timestamp now, SocketId socket, const TransportAddress& to,
                const std::optional<Stamp>& stamp, Bytes payload);
  void drop(SocketId socket, DropReason reason);

  ServerHost& host_;
  Policy& policy_;
  RecordSender& sender_;
  DropLedger& drops_;
  SessionLimits limits_;
  std::uint64_t hash_key_ = 0;
  bool stamps_ = false;  // agreed on
  bool draining_ = false;
  bool is_over_ = false;
  std::vector<std::unique_ptr<Socket>> sockets_;  // grows with the highest id, within the limits
  std::uint16_t open_count_ = 0;
  DatagramCounters counters_;
};

}  // namespace floe::tunnel
