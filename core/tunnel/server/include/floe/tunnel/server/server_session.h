// One client of a gateway: the server's half of floe.tunnel.1 (PROTOCOL.md), without any I/O.
//
// Inputs are messages, datagrams, results and the time; inputs that depend on the time have it as
// first parameter. The host asks deadline() and calls handle_timeout() at that time. Records for
// the client are written into the MessageBuilder of its channel, requests go to the ServerHost
// (server_host.h says why they are not polled).
//
// The session itself handles HELLO, keep-alives and the end. It hands all other records to its
// parts, sockets(), lookups() and connections(), which also take the host's inputs.
//
//   Greeting --HELLO, admitted--> Open        WELCOME is sent
//   Greeting --anything else----> Closed      also when HELLO does not come in time
//   Open     --go_away()--------> Draining    what is open goes on, nothing new is opened
//   any      --fatal error------> Closed      ERROR is sent, sockets are closed, then the channel
//
// Turns: after any number of inputs the host ends its turn with flush(). Full messages go out
// earlier. While wants_datagrams() is false the host should not read its UDP sockets: the kernel
// then drops the newest datagrams, and memory does not grow. Datagrams that the host delivers
// nevertheless wait in bounded queues.
//
// Limits: SessionLimits and limits.h. The session ends when its client exceeds its credit, does not
// read, or is silent.
#pragma once

#include <string_view>

#include "floe/tunnel/flow/uplink_window.h"
#include "floe/tunnel/records/record.h"
#include "floe/tunnel/server/drop_ledger.h"
#include "floe/tunnel/server/policy.h"
#include "floe/tunnel/server/record_sender.h"
#include "floe/tunnel/server/server_host.h"
#include "floe/tunnel/server/session_connections.h"
#include "floe/tunnel/server/session_limits.h"
#include "floe/tunnel/server/session_lookups.h"
#include "floe/tunnel/server/session_sockets.h"

namespace floe::tunnel {

/// The capabilities of this version's server. TCP means connections to TURN servers only;
/// TcpKind::ice is answered with ErrorCode::unsupported.
inline constexpr Capabilities kServerCapabilities = Capabilities{}
                                                        .with(Capability::resolve)
                                                        .with(Capability::tcp)
                                                        .with(Capability::time_stamps)
                                                        .with(Capability::alarms);

struct SessionStats {
  std::uint64_t messages = 0;         ///< from the client
  std::uint64_t unknown_records = 0;  ///< skipped
  std::uint64_t datagrams_out = 0;    ///< taken by the host for the network
  std::uint64_t bytes_out = 0;        ///< payload bytes of these datagrams
  std::uint64_t datagrams_in = 0;     ///< from the network, passed by the policy
  std::uint64_t bytes_in = 0;
  std::uint64_t datagrams_dropped = 0;  ///< for any reason
  DropCounters dropped;                 ///< the same by reason
  std::uint16_t sockets_open = 0;
  std::uint64_t connections = 0;  ///< TCP connections since the start
  std::uint64_t tcp_bytes_out = 0;
  std::uint64_t tcp_bytes_in = 0;
};

class ServerSession final {
 public:
  /// `messages` belongs to the client's channel. All must outlive the session.
  ServerSession(Timestamp now, MessageBuilder& messages, ServerHost& host, Policy& policy,
                const SessionLimits& limits);
  ServerSession(const ServerSession&) = delete;
  ServerSession& operator=(const ServerSession&) = delete;

  /// A binary message of the client. The host must refuse text messages, with code 1003.
  void handle_message(Timestamp now, Bytes message);
  /// The channel takes messages again after it was full.
  void handle_writable(Timestamp now);

  SessionSockets& sockets() { return sockets_; }
  SessionLookups& lookups() { return lookups_; }
  SessionConnections& connections() { return connections_; }

  void flush(Timestamp now);
  Timestamp deadline() const;
  void handle_timeout(Timestamp now);

  /// Tells the client to reconnect elsewhere or later. The session stays open until the host closes
  /// it.
  void go_away(Duration reconnect_in, Duration try_for);
  /// Ends the session with a fatal error.
  void close(ErrorCode code, std::string_view text);

  bool wants_datagrams() const { return !is_closed() && !sender_.is_congested(); }
  bool is_closed() const { return state_ == State::closed; }
  SessionStats stats() const;

 private:
  enum class State : std::uint8_t { greeting, open, draining, closed };

  template <class R>
  void handle_record(Timestamp now, const R& record, std::size_t size);
  template <class R>
  void pass_on(Timestamp now, const R& record);
  void handle(Timestamp now, const Hello& hello);
  void handle(Timestamp now, const Ping& ping);
  void handle(Timestamp, const Pong&) {}
  void handle(Timestamp, const Error&) {}
  void handle(Timestamp now, const Alarm& alarm);
  void handle(Timestamp now, const TcpData& data);

  void welcome(const Admission& admission);
  template <class R>
  void fail(ErrorCode code, const R& about, std::string_view text = {});
  /// `about_type` and `about_id` as in Error; an empty `text` stands for the text of `code`.
  void fail(ErrorCode code, std::uint8_t about_type, std::uint32_t about_id, std::string_view text);

  ServerHost& host_;
  SessionLimits limits_;
  State state_ = State::greeting;
  Capabilities agreed_;
  DropLedger drops_;
  RecordSender sender_;
  SessionSockets sockets_;
  SessionLookups lookups_;
  SessionConnections connections_;
  UplinkWindow window_;
  Timestamp heard_at_;
  Timestamp alarm_at_ = kNever;
  std::uint32_t alarm_id_ = 0;
  std::uint64_t messages_ = 0;
  std::uint64_t unknown_records_ = 0;
  std::uint64_t datagrams_at_ping_ = 0;
};

}  // namespace floe::tunnel
