// An HTTP server for WebSockets, a page's files, a few small documents, and small requests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "floe/native/http_document.h"
#include "floe/native/http_handler.h"
#include "floe/native/listen_error.h"
#include "floe/native/strangers.h"
#include "floe/native/unique_fd.h"
#include "floe/native/web_socket_acceptor.h"
#include "floe/native/web_socket_engine.h"
#include "floe/types/address.h"
#include "floe/types/result.h"

namespace floe::native {

class ServerCore;
class TlsTerminator;

struct HttpServerOptions {
  TransportAddress address;   ///< port 0: any; HttpServer::address() tells the port
  std::string document_root;  ///< a directory served at "/"; empty: none
  /// Makes it https and wss; null: http and ws. It must have a certificate, and outlive the server.
  TlsTerminator* tls = nullptr;
  std::size_t connections_max = 10'000;
  /// Connections that are no WebSocket and have no handler's answer to wait for: those that have
  /// not asked yet, and those that are idle. When they are too many, the oldest is closed.
  StrangerLimits strangers = {};
  /// Whether this server is meant by a Host header; requests for others are answered with 421, but
  /// those for WebSockets, whose acceptor sees the header. Null: all are meant.
  std::function<bool(std::string_view host)> admits_host = {};
  /// May take a connection away before anything is read from it, by the first bytes that it says.
  /// True: it has taken the descriptor. Null: the server serves all of them itself.
  std::function<bool(UniqueFd& connection, const TransportAddress& peer, std::string_view first)>
      divert = {};
};

struct HttpStatistics {
  std::uint64_t connections = 0;  ///< accepted since the start
  std::uint64_t requests = 0;     ///< answered over HTTP, errors included
  std::uint64_t errors = 0;       ///< answered with 400 or more
  std::uint64_t displaced = 0;    ///< closed for others: too many strangers
};

/// HTTP/1.1, GET and HEAD only but for handlers, no directory listings, no name that leaves the
/// document root or begins with a dot, every answer with Cache-Control: no-cache and
/// X-Content-Type-Options: nosniff.
///
/// A WebSocket goes to the acceptor of the first subprotocol in the client's list that is served
/// here; a request without such a subprotocol is refused with 400. A connection has 5 s to finish
/// its request, whose headers may have 4 KiB, and 5 s for each piece of its body, whose length must
/// be known at its beginning. Accepting pauses while the process is out of
/// descriptors or the server is full.
class HttpServer {
 public:
  /// `engine` must outlive the server.
  HttpServer(WebSocketEngine& engine, HttpServerOptions options);
  /// Closes all connections; those with a listener hear of it later. Not from inside a callback of
  /// one of its connections.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// All before listen(); acceptors and handlers must outlive the server.
  void add_subprotocol(std::string name, WebSocketAcceptor& acceptor);
  /// Answers GET of exactly `path` with what `make` returns; goes before a file of that name.
  void add_document(std::string path, std::function<HttpDocument()> make);
  /// Requests by all methods whose path begins with `prefix` go to `handler`.
  void add_handler(std::string prefix, HttpHandler& handler);

  /// Begins to listen, once. Returns the address, or why it does not listen.
  Result<TransportAddress, ListenError> listen();
  TransportAddress address() const;

  /// For a server that does not listen, in the place of listen(): it serves what it adopts. False:
  /// libwebsockets could not.
  bool open();
  /// Serves a connection that was accepted elsewhere; non-blocking, close-on-exec.
  void adopt(UniqueFd connection, const TransportAddress& peer);

  /// Accepts no more connections; those that are there go on.
  void stop_listening();

  /// Stops accepting at once and closes idle connections; closes each WebSocket with `code` and
  /// `reason` when its buffer is sent. `drained` is called when no connection is left: after about
  /// 10 s at most, and never from inside this call.
  void drain(std::uint16_t code, std::string_view reason, std::function<void()> drained);

  std::size_t connection_count() const;
  HttpStatistics statistics() const;

 private:
  ServerCore* core_;  // the engine's, because libwebsockets may need it after this object
};

}  // namespace floe::native
