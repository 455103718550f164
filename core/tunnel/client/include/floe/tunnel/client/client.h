// Sockets and addresses of a gateway, for a host that has no sockets of its own: the client's half
// of floe.tunnel.1 (PROTOCOL.md) over a MessageChannel.
//
// WebAssembly and `--gateway` use it: for an agent it is the DatagramSockets, the StreamSockets,
// the NetworkMonitor and the Resolver of its host. Sockets, streams and lookups that are opened
// before WELCOME wait for WELCOME; the 5 s of a lookup begin then. When the connection to the
// gateway is lost or closed, every socket, stream and lookup fails.
//
// Turns: the datagrams and control records of one turn of the host share messages. The host calls
// flush() at the end of each turn in which it used the client or its sockets; a message of 16 KiB
// goes out at once. The client owns no timer: after flush(), the host asks deadline() and calls
// handle_timeout() at that time, which is a turn too.
//
// Uplink: the client keeps to the window that the server granted. While the window is used up or
// the channel is full, datagrams wait in bounded queues; the oldest are dropped and counted by
// reason.
//
// A callback may destroy sockets, streams and resolutions at any time. It may destroy the client
// too, except in on_flush_wanted() and NetworkListener::on_network_changed(). Callbacks are never
// nested: when a callback calls flush(), close() or handle_timeout(), the resulting events are
// delivered after the callback has returned. Only the destructor delivers its events at once.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "floe/api/clock.h"
#include "floe/api/datagram_socket.h"
#include "floe/api/message_channel.h"
#include "floe/api/network_monitor.h"
#include "floe/api/resolver.h"
#include "floe/api/stream_socket.h"
#include "floe/tunnel/client/client_listener.h"
#include "floe/tunnel/client/client_stats.h"

namespace floe::tunnel {

class ClientDriver;

struct ClientOptions {
  std::string url;           ///< ws:// or wss://
  ByteVector token;          ///< at most kMaxTokenSize bytes; travels in HELLO, never in the URL
  bool time_stamps = false;  ///< four more bytes a datagram, for ClientStats' delays
};

class Client final : public DatagramSockets,
                     public StreamSockets,
                     public NetworkMonitor,
                     public Resolver {
 public:
  /// Connects. The three references must outlive the client.
  Client(MessageChannels& channels, Clock& clock, ClientListener& listener, ClientOptions options);
  ~Client() override;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override;
  std::optional<std::vector<InterfaceAddress>> addresses() const override;
  void add_listener(NetworkListener& listener) override;
  void remove_listener(NetworkListener& listener) override;

  std::unique_ptr<Resolution> resolve(std::string_view host_name,
                                      ResolveListener& listener) override;

  /// With `tls`, the gateway does TLS: it verifies the server's name with its own root
  /// certificates.
  std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                        const std::optional<TlsClient>& tls,
                                        StreamListener& listener) override;

  /// Whether a datagram of `size` bytes would go on at once. Otherwise it would wait in a bounded
  /// queue: a sender that can wait loses nothing if it asks again after the next callback.
  bool takes_datagram(std::size_t size) const;

  void flush();
  Timestamp deadline() const;
  void handle_timeout(Timestamp now);
  /// Sets an alarm at the gateway, for a page whose own timers are throttled; kNever cancels it.
  /// Without effect when the gateway has no alarms. on_alarm() follows, possibly late.
  void set_alarm(Timestamp when);
  /// Measures the round trip to the gateway now, for stats(). Without effect before on_ready(), and
  /// while the last answer is outstanding. The PING follows the datagrams of this turn or precedes
  /// them in one message, so that its answer is here before those of their receivers.
  void ping();
  /// Ends the session in order. on_closed() does not follow.
  void close();

  bool is_ready() const;
  bool is_closed() const;
  ClientStats stats() const;

 private:
  std::unique_ptr<ClientDriver> driver_;  // never null
};

}  // namespace floe::tunnel
