// One connection to an HttpServer, from accept to close.
#pragma once

#include <libwebsockets.h>

#include <memory>
#include <optional>
#include <string_view>

#include "floe/native/strangers.h"
#include "floe/native/web_socket_acceptor.h"
#include "handled_request.h"
#include "http_response.h"
#include "web_socket_session.h"

namespace floe::native {

class ServerCore;

/// Answers requests one after another until one becomes a WebSocket, whose session takes over.
/// libwebsockets points to it; it is deleted when libwebsockets destroys the connection.
class HttpConnection final : private Stranger {
 public:
  HttpConnection(ServerCore& server, const TransportAddress& peer);
  ~HttpConnection();

  const TransportAddress& peer() const { return peer_; }
  /// Null before the upgrade.
  WebSocketSession* session() { return session_.get(); }
  bool is_idle() const { return !session_ && !response_ && !handled_; }
  void set_wsi(lws* wsi) { wsi_ = wsi; }
  /// Closes it soon, without a close frame.
  void kill();

  // Calls from libwebsockets; each returns the value for the callback to return.
  int on_request(lws* wsi, std::string_view path);
  int on_body(Bytes piece);
  int on_body_end(lws* wsi);
  int on_writable(lws* wsi);
  int on_upgrade_asked(lws* wsi, std::string_view to_what);
  int on_upgraded(lws* wsi);

  /// Its place in the server's list of connections.
  std::size_t index = 0;

 private:
  int answer(lws* wsi, HttpResponse response, bool head_only);
  int close_with(lws* wsi, std::uint16_t status);
  /// A request for a handler.
  int receive(lws* wsi, HttpHandler& handler, HttpRequest request);
  int hand_over(lws* wsi);
  /// Writes the handler's answer, once it is there.
  int answer_handled(lws* wsi);
  int refuse_upgrade(lws* wsi, std::uint16_t status);
  void on_displaced() override { kill(); }

  ServerCore& server_;
  TransportAddress peer_;
  lws* wsi_ = nullptr;
  Strangers::Place place_;  // while nothing is known of the client, or nothing is asked
  std::optional<HttpResponse> response_;
  std::unique_ptr<HandledRequest> handled_;  // until its answer begins
  std::unique_ptr<UpgradeRequest> upgrade_;  // between the admission and the upgrade
  std::shared_ptr<WebSocketSession> session_;
};

}  // namespace floe::native
