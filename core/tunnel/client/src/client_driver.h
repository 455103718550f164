// Connects the session of a client to its channel, and the events of the session to the objects
// that the application holds.
//
// The session makes no callbacks. pump() delivers its events, and finds the object of each event by
// a handle. When a callback destroys the client, end() leaves the session to the pump() that made
// the call: the event stays valid until the callback returns, and pump() sees that it must stop.
#pragma once

#include <memory>

#include "client_session.h"
#include "floe/api/clock.h"
#include "floe/api/message_channel.h"
#include "floe/tunnel/client/client.h"
#include "floe/types/list.h"
#include "gateway_network.h"

namespace floe::tunnel {

class TunnelSocket;
class TunnelStream;
class TunnelLookup;

/// The objects of one client that the application holds; each list is in the order of the handles.
struct OpenObjects {
  List<TunnelSocket*> sockets;
  List<TunnelStream*> streams;
  List<TunnelLookup*> lookups;
};

class ClientDriver final : private MessageChannelListener {
 public:
  ClientDriver(MessageChannels& channels, const Clock& clock, ClientListener& listener,
               ClientOptions options);
  ~ClientDriver() = default;
  ClientDriver(const ClientDriver&) = delete;
  ClientDriver& operator=(const ClientDriver&) = delete;

  Timestamp now() const { return clock_.now(); }
  /// After an input to the session, call end_input() or pump().
  ClientSession& session() { return *session_; }
  const ClientSession& session() const { return *session_; }
  GatewayNetwork& network() { return network_; }
  const GatewayNetwork& network() const { return network_; }
  /// Null once end() was called.
  ClientListener* listener() { return listener_; }

  void flush();
  /// The client is being destroyed: every object fails. Only the destructor may follow.
  void end();
  /// Delivers all outputs of the session. A function must call it last, because the client may be
  /// destroyed when it returns.
  void pump();
  /// Sends the complete messages, but delivers no events: for functions that must not call
  /// listeners.
  void end_input();

  // Outputs for the channel.
  void offer(Bytes message);
  void close_channel(const ChannelUnwanted& unwanted);

  bool was_refused() const { return was_refused_; }

  OpenObjects objects;

 private:
  void on_channel_open() override;
  void on_channel_message(MessageKind kind, Bytes message) override;
  void on_channel_closed(const ChannelClosed& closed) override;
  void on_channel_drained() override;

  /// False when there is no output left.
  bool deliver_next();
  void request_flush();

  const Clock& clock_;
  ClientListener* listener_;
  std::unique_ptr<ClientSession> session_;
  GatewayNetwork network_;
  bool flush_requested_ = false;
  bool was_refused_ = false;                          // the channel
  std::unique_ptr<ClientSession>* orphan_ = nullptr;  // belongs to the running pump()
  std::unique_ptr<MessageChannel> channel_;  // declared last, because it calls back at once
};

}  // namespace floe::tunnel
