// Sockets and addresses of a gateway, for a host that has no sockets of its own: the client's half
// of floe.tunnel.1 (PROTOCOL.md) over a MessageChannel.
//
// Used by WebAssembly and by `--gateway` alike: to an agent it is the DatagramSockets, the
// StreamSockets, the NetworkMonitor and the Resolver of its host. What is opened or asked before
// WELCOME waits for it; the 5 s of a Resolver begin then. When the connection to the gateway is
// lost or closed, every socket, stream and lookup fails.
//
// Turns: datagrams and control of one turn of the host share a message. The host ends each turn in
// which it touched the client or its sockets with flush(); 16 KiB go out by themselves. The client
// owns no timer: after flush(), ask deadline() and come back then with handle_timeout(), which is a
// turn too.
//
// Uplink: at most the window that the server granted is under way. Beyond it, and while the channel
// is full, datagrams wait in bounded queues and the oldest is dropped, counted by reason.
//
// Callbacks may destroy sockets, streams and resolutions at any time, and the client too, but for
// on_flush_wanted() and NetworkListener::on_network_changed(). Callbacks are never nested: flush(),
// close() and handle_timeout() from inside one leave what they have to tell to the call that the
// callback came from. Only the destructor tells it at once.
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
  /// Ends the session in order. on_closed() does not follow.
  void close();

  bool is_ready() const;
  bool is_closed() const;
  ClientStats stats() const;

 private:
  std::unique_ptr<ClientDriver> driver_;  // never null
};

}  // namespace floe::tunnel
