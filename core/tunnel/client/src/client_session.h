// The client's half of floe.tunnel.1 (PROTOCOL.md), without I/O.
//
//   connecting --channel open--> greeting   HELLO is sent
//   greeting   --WELCOME-------> ready      SessionReady; BIND and so on for what waits
//   any        --channel closed, gateway dead, protocol broken--> closed
//                                           everything fails, then ClientClosed
//   any        --close()-------> closed     everything fails, and no ClientClosed
//
// After each input the driver polls outputs until there are none. Events come out in the order in
// which they happened. The next record of a message is read only when all events of the last record
// were polled, so the application's reaction to an event counts for the next record. Hence the
// bytes given to handle_message() must stay valid until there are no more outputs; received
// datagrams are views of them.
//
// Turns: records are gathered into messages. A message of 16 KiB is an output at once, the rest at
// the end of a turn, by flush(). When wants_flush() is true, the driver must end a turn soon.
#pragma once

#include <optional>
#include <string>

#include "client_connections.h"
#include "client_lookups.h"
#include "client_output.h"
#include "client_sockets.h"
#include "event_queue.h"
#include "farewell.h"
#include "floe/tunnel/client/client_stats.h"
#include "floe/tunnel/records/record.h"
#include "floe/tunnel/records/record_reader.h"
#include "gateway_alarm.h"
#include "keep_alive.h"
#include "tunnel_clock.h"
#include "uplink.h"

namespace floe::tunnel {

/// The time limit from the open channel to WELCOME.
inline constexpr Duration kWelcomeTimeout = std::chrono::seconds(10);

class ClientSession {
 public:
  /// At most the first kMaxTokenSize bytes of `token` are sent.
  ClientSession(ByteVector token, bool time_stamps)
      : token_(std::move(token)), time_stamps_(time_stamps) {}
  ClientSession(const ClientSession&) = delete;
  ClientSession& operator=(const ClientSession&) = delete;

  // The channel.
  void handle_channel_open(Timestamp now);
  void handle_channel_closed(std::uint16_t code, std::string_view reason);
  void handle_channel_drained(Timestamp now);
  void handle_message(Timestamp now, Bytes message);
  /// A text message came; the tunnel has none, so the session ends.
  void handle_text_message(Timestamp now);
  /// The channel has taken the message of the last MessageToSend.
  void handle_message_sent() { uplink_.handle_message_sent(); }
  /// The channel has not taken it: it is offered again after handle_channel_drained().
  void handle_channel_full() { uplink_.handle_channel_full(); }

  // The application. Nothing that it opens fails before flush().
  SocketHandle bind(const BindRequest& request) { return sockets_.open(request); }
  SendStatus send(Timestamp now, SocketHandle socket, const TransportAddress& to, Bytes payload) {
    return sockets_.send(now, socket, to, payload);
  }
  bool takes_datagram(std::size_t size) const { return sockets_.takes_datagram(size); }
  void close(SocketHandle socket) { sockets_.close(socket); }
  /// Null when the socket is closed or failed.
  const ClientSocketState* find(SocketHandle socket) const { return sockets_.find(socket); }

  ConnectionHandle connect(Timestamp now, const TransportAddress& remote,
                           std::optional<std::string> server_name) {
    return connections_.connect(now, remote, std::move(server_name));
  }
  bool send(ConnectionHandle connection, Bytes bytes) {
    return connections_.send(connection, bytes);
  }
  void close(ConnectionHandle connection) { connections_.close(connection); }

  LookupHandle resolve(Timestamp now, std::string_view host_name) {
    return lookups_.add(host_name, is_ready() ? now + kLookupPatience : kNever);
  }
  void close(LookupHandle lookup) { lookups_.take_back(lookup); }

  void set_alarm(Timestamp when);
  void flush(Timestamp now);
  /// Ends the session in order.
  void close(Timestamp now);

  // Time.
  Timestamp deadline() const;
  void handle_timeout(Timestamp now);
  bool ask_for_ping(Timestamp now) { return keep_alive_.ask(now); }

  // Outputs.
  /// Null when there is none. Valid until the next call of any function of the session.
  const ClientOutput* poll_output();
  /// Polls only the next message, for a driver that must not deliver events now.
  Bytes poll_message() { return uplink_.next_message(); }

  /// Whether there is new output for flush() since its last call.
  bool wants_flush() const { return uplink_.wants_flush(); }
  bool is_ready() const { return state_ == State::ready; }
  bool is_closed() const { return state_ == State::closed; }
  ClientStats stats() const;

 private:
  enum class State : std::uint8_t { connecting, greeting, ready, closed };

  void end_turn();
  bool read_record();
  ErrorCode objection_to(RecordType type) const;
  std::optional<RecordError> handle(const RawRecord& raw);
  void handle(Timestamp now, const Welcome& welcome);
  void handle(Timestamp now, const Ping& ping);
  void handle(Timestamp now, const Pong& pong);
  void handle(Timestamp now, const GoAway& go_away);
  void handle(Timestamp now, const Error& error);
  void handle(Timestamp now, const Credit& credit);
  void handle(Timestamp now, const AlarmFired& fired);
  void handle(Timestamp now, const Sent& sent);
  void handle(Timestamp now, const TcpData& data);

  Timestamp session_deadline() const;
  void break_off(Timestamp now, ErrorCode code) { break_off(now, code, to_text(code)); }
  void break_off(Timestamp now, ErrorCode code, std::string_view reason);
  void finish(const ClientClosed& closed);
  void fail_everything();

  ByteVector token_;
  bool time_stamps_;
  State state_ = State::connecting;
  Capabilities capabilities_;  // from WELCOME
  Uplink uplink_;
  EventQueue events_;
  ClientStats stats_;
  TunnelClock tunnel_clock_;
  ClientSockets sockets_{uplink_, events_, stats_, tunnel_clock_};
  ClientConnections connections_{uplink_, events_, stats_};
  ClientLookups lookups_{uplink_, events_};
  KeepAlive keep_alive_;
  GatewayAlarm alarm_;
  Timestamp welcome_deadline_ = kNever;
  std::optional<RecordReader> reader_;  // of the message that is being read
  Timestamp message_at_{};              // when it came
  std::optional<Timestamp> turn_end_;   // time of flush(), until its events were polled
  Farewell farewell_;
  std::optional<ChannelUnwanted> channel_unwanted_;
  ClientOutput channel_output_;  // the last output for the channel
};

}  // namespace floe::tunnel
