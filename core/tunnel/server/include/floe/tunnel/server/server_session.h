// One client of a gateway: the server's half of floe.tunnel.1 (PROTOCOL.md), without any I/O.
//
// The host hands in messages, datagrams and the time; the session calls its ServerHost to open
// sockets and to send. It asks the Policy before each datagram passes: that is the single place
// where one can. It owns no timer: ask deadline(), come back then with handle_timeout().
//
//   Greeting --HELLO, admitted--> Open        WELCOME is sent
//   Greeting --anything else----> Closed      also when HELLO does not come in time
//   Open     --go_away()--------> Draining    what is open goes on, nothing new is opened
//   any      --fatal error------> Closed      ERROR is sent, sockets are closed, then the channel
//
// Turns: after any number of calls the host ends its turn with flush(). Messages that fill up go
// out before. While wants_datagrams() is false the host should not read its UDP sockets: the kernel
// then drops the newest, and memory stays flat. What it delivers nevertheless waits in bounded
// queues.
//
// A datagram costs constant time and no allocation, in either direction, once buffers have grown.
// Limits: SessionLimits and limits.h; a client that exceeds its credit, does not read, or is silent
// loses the session.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "floe/tunnel/flow/record_sender.h"
#include "floe/tunnel/flow/uplink_window.h"
#include "floe/tunnel/records/record.h"
#include "floe/tunnel/server/drop_ledger.h"
#include "floe/tunnel/server/policy.h"
#include "floe/tunnel/server/server_host.h"
#include "floe/tunnel/server/session_connections.h"
#include "floe/tunnel/server/session_limits.h"
#include "floe/tunnel/server/session_lookups.h"
#include "floe/tunnel/server/session_sockets.h"

namespace floe::tunnel {

/// What this version's server can do. Of TCP, connections to TURN servers; TcpKind::ice is answered
/// with ErrorCode::unsupported.
inline constexpr Capabilities kServerCapabilities = Capabilities{}
                                                        .with(Capability::resolve)
                                                        .with(Capability::tcp)
                                                        .with(Capability::time_stamps)
                                                        .with(Capability::alarms);

struct SessionStats {
  std::uint64_t messages = 0;         ///< from the client
  std::uint64_t unknown_records = 0;  ///< skipped
  std::uint64_t datagrams_out = 0;    ///< taken by the host for the network
  std::uint64_t bytes_out = 0;        ///< their payload
  std::uint64_t datagrams_in = 0;     ///< from the network, passed by the policy
  std::uint64_t bytes_in = 0;
  std::uint64_t datagrams_dropped = 0;  ///< for any of the reasons
  std::uint16_t sockets_open = 0;
  std::uint64_t connections = 0;  ///< over TCP, since the start
  std::uint64_t tcp_bytes_out = 0;
  std::uint64_t tcp_bytes_in = 0;
};

class ServerSession final : private QueueDropListener {
 public:
  /// `host` and `policy` must outlive the session.
  ServerSession(Timestamp now, ServerHost& host, Policy& policy, const SessionLimits& limits);
  ServerSession(const ServerSession&) = delete;
  ServerSession& operator=(const ServerSession&) = delete;

  /// A binary message of the client. Text messages are the host's to refuse, with code 1003.
  void handle(Timestamp now, Bytes message);

  /// `local` and `mapped` are told to the client: as advertised, not as they are, where these
  /// differ.
  void on_bound(SocketId socket, const TransportAddress& local,
                const std::optional<TransportAddress>& mapped);
  /// Opening failed, or a bound socket was lost.
  void on_socket_failed(SocketId socket, BindError error);
  /// `datagram.local` is on the same terms as the address of on_bound().
  void on_datagram(Timestamp now, SocketId socket, const Datagram& datagram);
  /// The policy changed its mind about a peer; without effect when the peer has no short id.
  void on_permission(SocketId socket, const TransportAddress& remote, const Permission& permission);
  /// Once for each resolve(). At most kMaxResolvedAddresses are told.
  void on_resolved(LookupId lookup, LookupStatus status, std::span<const IpAddress> addresses);
  /// `local` as in on_bound().
  void on_tcp_opened(TcpId connection, const TransportAddress& local);
  /// Not after set_tcp_reading() said false, but for what was being read at that moment.
  void on_tcp_bytes(TcpId connection, Bytes bytes);
  /// All that was sent has left the host.
  void on_tcp_drained(TcpId connection);
  /// Opening failed, or the connection is over.
  void on_tcp_closed(TcpId connection, TcpCloseReason reason);
  /// The channel takes messages again after send_message() was false.
  void on_writable(Timestamp now);

  void flush(Timestamp now);
  Timestamp deadline() const;
  void handle_timeout(Timestamp now);

  /// Tells the client to come back elsewhere or later; the host closes the session when it must.
  void go_away(Duration reconnect_in, Duration try_for);
  /// Ends the session with a fatal error.
  void close(ErrorCode code, std::string_view text);

  bool wants_datagrams() const { return state_ != State::closed && !sender_.is_congested(); }
  bool is_closed() const { return state_ == State::closed; }
  SessionStats stats() const;

 private:
  enum class State : std::uint8_t { greeting, open, draining, closed };

  // server_session.cc
  bool may_handle(RecordType type, const Record& record);
  void take(Timestamp now, const Hello& hello);
  void take(Timestamp now, const Ping& ping);
  void take(Timestamp now, const Alarm& alarm);
  template <class R>
  void take(Timestamp, const R&) {}  // records that need no answer
  void fail(ErrorCode code, std::uint8_t about_type, std::uint32_t about_id, std::string_view text);
  void close_all_sockets();

  // session_control.cc
  void take(Timestamp now, const Bind& bind);
  void take(Timestamp now, const CloseSocket& close);
  void take(Timestamp now, const PeerOpen& open);
  void take(Timestamp now, const PeerClose& close);
  void refuse(ErrorCode code, const Record& about);
  void tell_closed(SocketId socket, SocketCloseReason reason);

  // session_names.cc
  void take(Timestamp now, const Resolve& resolve);

  // session_tcp.cc
  void take(Timestamp now, const TcpOpen& open);
  void take(Timestamp now, const TcpData& data);
  void take(Timestamp now, const TcpCredit& credit);
  void take(Timestamp now, const TcpClose& close);
  std::size_t send_down(SessionConnection& connection, Bytes bytes);
  void release_held(SessionConnection& connection);
  void release_all_held();
  void tell_end(SessionConnection& connection);
  void close_all_connections();

  // session_datagrams.cc
  void take(Timestamp now, const Send& send);
  void take(Timestamp now, const SendShort& send);
  void send_out(Timestamp now, SocketId socket, const TransportAddress& to,
                const std::optional<Stamp>& stamp, Bytes payload);
  void drop(SocketId socket, DropReason reason);
  void on_queue_drop(SocketId socket, QueueDrop why, std::uint32_t count) override;

  ServerHost& host_;
  Policy& policy_;
  SessionLimits limits_;
  State state_ = State::greeting;
  Capabilities agreed_;
  RecordSender sender_;
  SessionSockets sockets_;
  SessionLookups lookups_;
  SessionConnections connections_;
  UplinkWindow window_;
  DropLedger drops_;
  Timestamp heard_at_;
  Timestamp alarm_at_ = kNever;
  std::uint32_t alarm_id_ = 0;
  SessionStats stats_;
  std::uint64_t datagrams_at_ping_ = 0;
};

}  // namespace floe::tunnel
