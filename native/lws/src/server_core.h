// The parts of an HttpServer.
#pragma once

#include <libwebsockets.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "floe/native/first_bytes.h"
#include "floe/native/http_server.h"
#include "floe/native/tcp_listener.h"
#include "floe/native/tls_terminator.h"
#include "lws_context.h"
#include "static_files.h"

namespace floe::native {

class HttpConnection;

/// It belongs to the context, because libwebsockets refers to its virtual host and table of
/// protocols to the end; the destructor of an HttpServer retires it.
class ServerCore final : private ConnectionAcceptor, private TlsTerminatorListener {
 public:
  ServerCore(LwsContext& context, HttpServerOptions options);

  // For HttpServer.
  void add_subprotocol(std::string name, WebSocketAcceptor& acceptor);
  void add_document(std::string path, std::function<HttpDocument()> make);
  void add_handler(std::string prefix, HttpHandler& handler);
  Result<TransportAddress, ListenError> listen();
  bool open();
  void adopt(UniqueFd connection, const TransportAddress& peer) {
    on_decrypted(std::move(connection), peer);
  }
  void stop_listening() { listener_.reset(); }
  void drain(std::uint16_t code, std::string_view reason, std::function<void()> drained);
  void retire();
  const TransportAddress& address() const { return address_; }
  std::size_t connection_count() const { return connections_.size(); }
  HttpStatistics statistics() const;

  // For its connections.
  LwsContext& context() { return context_; }
  Strangers& strangers() { return strangers_; }
  const StaticFiles& files() const { return files_; }
  WebSocketAcceptor* acceptor_of(std::string_view subprotocol) const;
  std::optional<HttpDocument> make_document(std::string_view path) const;
  /// Null: none for this path.
  HttpHandler* handler_of(std::string_view path) const;
  bool admits_host(std::string_view host) const {
    return !options_.admits_host || options_.admits_host(host);
  }
  bool is_draining() const { return draining_; }
  void count_answer(std::uint16_t status);
  void add(HttpConnection& connection);
  void remove(HttpConnection& connection);

 private:
  void on_accepted(UniqueFd connection, const TransportAddress& peer) override;
  void on_decrypted(UniqueFd connection, const TransportAddress& peer) override;
  bool has_room() const override {
    return connections_.size() + newcomers_.count() < options_.connections_max;
  }
  void sort(FirstBytes::Connection newcomer, std::string_view first);
  void serve(UniqueFd connection, const TransportAddress& peer);
  lws_vhost* create_vhost();
  void report_drained();

  LwsContext& context_;
  HttpServerOptions options_;
  std::map<std::string, WebSocketAcceptor*, std::less<>> acceptors_;
  std::map<std::string, std::function<HttpDocument()>, std::less<>> documents_;
  std::vector<std::pair<std::string, HttpHandler*>> handlers_;  // by their prefixes
  StaticFiles files_;
  std::vector<lws_protocols> protocols_;  // libwebsockets keeps pointers into these two
  std::string vhost_name_;
  lws_vhost* vhost_ = nullptr;
  Strangers strangers_;
  std::optional<TcpListener> listener_;
  FirstBytes newcomers_;  // that may be for somebody else
  TransportAddress address_;
  std::vector<HttpConnection*> connections_;
  HttpStatistics statistics_;
  bool draining_ = false;
  std::function<void()> drained_;
  DeferredCall<ServerCore, &ServerCore::report_drained> drained_call_;
};

/// libwebsockets' calls about a server's connections.
int server_callback(lws* wsi, lws_callback_reasons reason, void* user, void* in,
                    std::size_t length);

}  // namespace floe::native
