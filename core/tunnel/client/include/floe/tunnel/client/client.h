// The client's half of floe.tunnel.1 (PROTOCOL.md): sockets and addresses of a gateway, for a host
// that has no sockets of its own.
//
// Used by WebAssembly and by `--gateway` alike: to an agent it is the DatagramSockets, the
// StreamSockets, the NetworkMonitor and the Resolver of its host. What is opened or asked before
// WELCOME waits for it; the 5 s of a Resolver begin then.
//
//   Connecting --channel open--> Greeting   HELLO is sent
//   Greeting   --WELCOME-------> Ready      on_ready(), addresses, BIND for what waits
//   any        --channel closed, gateway dead, protocol broken--> Closed   sockets fail,
//   on_closed() any        --close()-------> Closed     sockets fail; on_closed() is not called
//
// Turns: datagrams and control of one turn of the host share a message. The host ends each turn in
// which it touched the client or its sockets with flush(); 16 KiB go out by themselves. It owns no
// timer: after flush(), ask deadline() and come back then with handle_timeout(), which is a turn
// too.
//
// Uplink: at most the window that the server granted is under way. Beyond it, and while the channel
// is full, datagrams wait in bounded queues and the oldest is dropped, counted by reason.
//
// Callbacks may destroy sockets and resolutions at any time, and the client too, but for
// on_flush_wanted() and NetworkListener::on_network_changed().
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "floe/api/clock.h"
#include "floe/api/message_channel.h"
#include "floe/api/resolver.h"
#include "floe/tunnel/client/client_listener.h"
#include "floe/tunnel/client/client_lookups.h"
#include "floe/tunnel/client/client_sockets.h"
#include "floe/tunnel/client/client_stats.h"
#include "floe/tunnel/client/client_streams.h"
#include "floe/tunnel/client/gateway_network.h"
#include "floe/tunnel/client/keep_alive.h"
#include "floe/tunnel/client/tunnel_clock.h"
#include "floe/tunnel/flow/message_buffer.h"
#include "floe/tunnel/flow/record_sender.h"
#include "floe/tunnel/records/record.h"
#include "floe/types/list.h"

namespace floe::tunnel {

/// From the open channel to WELCOME.
inline constexpr Duration kWelcomeTimeout = std::chrono::seconds(10);
/// From RESOLVE to RESOLVED, waiting for a free id among it.
inline constexpr Duration kLookupPatience = std::chrono::seconds(5);

struct ClientOptions {
  std::string url;           ///< ws:// or wss://
  ByteVector token;          ///< at most kMaxTokenSize bytes; travels in HELLO, never in the URL
  bool time_stamps = false;  ///< four more bytes a datagram, for ClientStats' delays
};

class Client final : public DatagramSockets,
                     public StreamSockets,
                     public NetworkMonitor,
                     public Resolver,
                     private MessageChannelListener,
                     private MessageSink,
                     private QueueDropListener {
 public:
  /// Connects. The three references must outlive the client.
  Client(MessageChannels& channels, Clock& clock, ClientListener& listener, ClientOptions options);
  ~Client() override;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;
  std::optional<std::vector<InterfaceAddress>> addresses() const override;
  void add_listener(NetworkListener& listener) override { network_.add_listener(listener); }
  void remove_listener(NetworkListener& listener) override { network_.remove_listener(listener); }

  std::unique_ptr<Resolution> resolve(std::string_view host_name,
                                      ResolveListener& listener) override;

  /// Over TLS, which the gateway does: it verifies the name by roots of its own.
  std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                        const std::optional<TlsClient>& tls,
                                        StreamListener& listener) override;

  void flush();
  Timestamp deadline() const;
  void handle_timeout(Timestamp now);
  /// Asks the gateway to call at a time, for a page whose own timers are throttled; kNever takes it
  /// back. Without effect when the gateway has no alarms. on_alarm() follows, possibly late.
  void set_alarm(Timestamp when);
  /// Ends the session in order.
  void close();

  bool is_ready() const { return state_ == State::ready; }
  bool is_closed() const { return state_ == State::closed; }
  ClientStats stats() const;

 private:
  friend class ClientSocket;
  friend class ClientStream;
  enum class State : std::uint8_t { connecting, greeting, ready, closed };

  // client.cc
  void on_channel_open() override;
  void on_channel_closed(const ChannelClosed& closed) override;
  void on_channel_drained() override;
  bool send_message(Bytes message) override;
  void want_flush();
  void bind_waiting();
  void send_alarm(Timestamp now);
  void break_off(CloseCause cause, ErrorCode code, std::string_view reason);
  void finish(const ClientClosed& closed);
  void fail_sockets();
  Timestamp session_deadline() const;

  // client_datagrams.cc
  SendStatus send(ClientSocket& socket, const TransportAddress& to, Bytes payload);
  void forget(ClientSocket& socket);
  void on_queue_drop(SocketId socket, QueueDrop why, std::uint32_t count) override;
  void take(Timestamp now, const Received& received);
  void take(Timestamp now, const ReceivedShort& received);
  void take(Timestamp now, const Sent& sent);
  void deliver(Timestamp now, ClientSocket& socket, const std::optional<Stamp>& stamp,
               const Datagram& datagram);

  // client_names.cc
  void ask_waiting();
  void take(Timestamp now, const Resolved& resolved);
  void refuse_lookup(LookupId id, std::string_view why);
  void end_late_lookups(Timestamp now);
  void fail_lookups(std::string_view why);

  // client_tcp.cc
  void open_waiting_streams();
  std::string_view flaw_of(const ClientStream& stream) const;
  bool send(ClientStream& stream, Bytes bytes);
  void send_waiting(ClientStream& stream);
  void flush_streams();
  void forget(ClientStream& stream);
  void take(Timestamp now, const TcpOpened& opened);
  void take(Timestamp now, const TcpData& data);
  void take(Timestamp now, const TcpCredit& credit);
  void take(Timestamp now, const TcpClose& close);
  void refuse_stream(TcpId id, std::string_view why);
  void end_late_streams(Timestamp now);
  void fail_streams();

  // client_records.cc
  void on_channel_message(MessageKind kind, Bytes message) override;
  bool may_take(RecordType type);
  /// Parses the record and takes it, unless something is wrong with it.
  std::optional<RecordError> take(Timestamp now, const RawRecord& raw);
  void take(Timestamp now, const Welcome& welcome);
  void take(Timestamp now, const Ping& ping);
  void take(Timestamp now, const Pong& pong);
  void take(Timestamp now, const GoAway& go_away);
  void take(Timestamp now, const Error& error);
  void take(Timestamp now, const Credit& credit);
  void take(Timestamp now, const AlarmFired& fired);
  void take(Timestamp now, const Bound& bound);
  void take(Timestamp now, const SocketClosed& closed);
  void take(Timestamp now, const Dropped& dropped);
  void take(Timestamp now, const PeerOpened& opened);
  void take(Timestamp now, const PermissionChanged& changed);

  Clock& clock_;
  ClientListener& listener_;
  ClientOptions options_;
  State state_ = State::connecting;
  Welcome welcome_;  // without its addresses, which were a view
  MessageBuffer messages_{*this};
  RecordSender sender_;
  ClientSockets sockets_;
  ClientStreams streams_;
  ClientLookups lookups_;
  GatewayNetwork network_;
  KeepAlive keep_alive_;
  TunnelClock tunnel_clock_;
  ClientStats stats_;
  List<DropCounters> gateway_drops_;  // by socket id, of sockets that are open
  Timestamp welcome_deadline_ = kNever;
  std::optional<Timestamp> alarm_to_send_;
  std::uint32_t alarm_id_ = 0;
  std::optional<GoAway> go_away_;
  ErrorCode fatal_error_{};  // what the gateway said before it closes
  std::string fatal_text_;
  bool flush_wanted_ = false;
  std::shared_ptr<char> life_ = std::make_shared<char>();  // outlived by those who watch it
  std::unique_ptr<MessageChannel> channel_;                // last: it calls back from the start
};

}  // namespace floe::tunnel
