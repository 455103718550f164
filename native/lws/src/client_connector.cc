#include "client_connector.h"

#include <unistd.h>

#include <utility>

#include "client_callback.h"
#include "floe/native/system_authorities.h"
#include "web_socket_url.h"

namespace floe::native {

ClientConnector::ClientConnector(LwsContext& context, WebSocketClientOptions options)
    : context_(context),
      tls_ca_file_(options.tls_ca_file.empty() ? system_authorities_file()
                                               : std::move(options.tls_ca_file)),
      start_call_(context.loop(), Deferred::When::after_callback, *this) {}

ClientConnector::~ClientConnector() {
  for (const Request& request : requests_) request.session->gone("never started");
}

std::unique_ptr<WebSocketChannel> ClientConnector::connect(std::string_view url,
                                                           std::string_view subprotocol,
                                                           MessageChannelListener& listener) {
  auto session = std::make_shared<WebSocketSession>(context_, WebSocketSession::Role::client);
  session->set_listener(&listener);
  requests_.push_back({session, std::string(url), std::string(subprotocol)});
  start_call_.request();
  return make_channel(std::move(session));
}

void ClientConnector::start_all() {
  for (const Request& request : std::exchange(requests_, {})) start(request);
}

void ClientConnector::start(const Request& request) {
  if (!request.session->wants_to_connect()) {
    request.session->gone("closed before connecting");
    return;
  }
  const std::optional<WebSocketUrl> url = WebSocketUrl::parse(request.url);
  if (!url) {
    request.session->gone("not a ws:// or wss:// URL");
    return;
  }
  lws_vhost* vhost = vhost_for(url->secure);
  if (vhost == nullptr) {
    request.session->gone(url->secure ? "the file of certificate authorities cannot be read"
                                      : "libwebsockets gave no virtual host");
    return;
  }
  lws_client_connect_info info{};
  info.context = context_.get();
  info.vhost = vhost;
  info.address = url->host.c_str();
  info.port = url->port;
  info.path = url->resource.c_str();
  info.host = url->authority.c_str();
  info.protocol = request.subprotocol.c_str();
  info.local_protocol_name = client_protocols()->name;
  info.ietf_version_or_minus_one = 13;
  info.ssl_connection = LCCSCF_HTTP_NO_FOLLOW_REDIRECT | (url->secure ? LCCSCF_USE_SSL : 0);
  connect_client(context_, request.session, request.subprotocol, info);
}

lws_vhost* ClientConnector::vhost_for(bool secure) {
  lws_vhost*& vhost = secure ? secure_vhost_ : plain_vhost_;
  if (vhost != nullptr) return vhost;
  if (secure && access(tls_ca_file_.c_str(), R_OK) != 0) return nullptr;
  lws_context_creation_info info{};
  info.vhost_name = secure ? "floe-wss-client" : "floe-ws-client";
  info.port = CONTEXT_PORT_NO_LISTEN;
  info.protocols = client_protocols();
  if (secure) {
    info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    info.client_ssl_ca_filepath = tls_ca_file_.c_str();
  }
  vhost = context_.create_vhost(info);
  return vhost;
}

WebSocketClients::WebSocketClients(WebSocketEngine& engine, WebSocketClientOptions options)
    : connector_(std::make_unique<ClientConnector>(*engine.context_, std::move(options))) {}

WebSocketClients::~WebSocketClients() = default;

std::unique_ptr<MessageChannel> WebSocketClients::connect(std::string_view url,
                                                          std::string_view subprotocol,
                                                          MessageChannelListener& listener) {
  return connector_->connect(url, subprotocol, listener);
}

std::unique_ptr<WebSocketChannel> WebSocketClients::connect_web_socket(
    std::string_view url, std::string_view subprotocol, MessageChannelListener& listener) {
  return connector_->connect(url, subprotocol, listener);
}

}  // namespace floe::native
