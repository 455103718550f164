#include "client_connector.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "client_callback.h"
#include "floe/native/system_authorities.h"
#include "web_socket_url.h"

namespace floe::native {
namespace {

/// Nothing when one of the files cannot be read.
std::string read_authorities(const std::string& file) {
  std::string pem;
  for (const std::string& path : {system_authorities_file(), file}) {
    if (path.empty()) continue;
    std::ifstream in(path, std::ios::binary);
    if (!in) return {};
    pem.append(std::istreambuf_iterator<char>(in), {});
    pem += '\n';
  }
  return pem;
}

}  // namespace

ClientConnector::ClientConnector(LwsContext& context, Resolver& resolver,
                                 WebSocketClientOptions options)
    : context_(context),
      resolver_(resolver),
      tls_ca_file_(std::move(options.tls_ca_file)),
      start_call_(context.loop(), Deferred::When::after_callback, *this) {}

ClientConnector::~ClientConnector() {
  for (const auto& session : malformed_) session->gone("no longer wanted");
  while (!attempts_.empty()) attempts_.back()->end({"no longer wanted"});
}

std::unique_ptr<WebSocketChannel> ClientConnector::connect(std::string_view url,
                                                           std::string_view subprotocol,
                                                           MessageChannelListener& listener) {
  auto session = std::make_shared<WebSocketSession>(context_, WebSocketSession::Role::client);
  session->set_listener(&listener);
  std::optional<WebSocketUrl> parsed = WebSocketUrl::parse(url);
  if (parsed) {
    attempts_.push_back(std::make_shared<ClientAttempt>(*this, session, std::move(*parsed),
                                                        std::string(subprotocol)));
    attempts_.back()->begin(resolver_);
  } else {
    malformed_.push_back(session);
    start_call_.request();
  }
  return make_channel(std::move(session));
}

std::string ClientConnector::problem_with(std::string_view url) const {
  const std::optional<WebSocketUrl> parsed = WebSocketUrl::parse(url);
  if (!parsed) return "the URL must be ws://HOST/PATH or wss://HOST/PATH";
  return parsed->secure ? problem_with_authorities(tls_ca_file_) : std::string();
}

void ClientConnector::go_on(std::shared_ptr<ClientAttempt> attempt) {
  ready_.push_back(std::move(attempt));
  start_call_.request();
}

void ClientConnector::forget(const ClientAttempt& attempt) {
  std::erase_if(attempts_, [&](const auto& one) { return one.get() == &attempt; });
  std::erase_if(ready_, [&](const auto& one) { return one.get() == &attempt; });
}

void ClientConnector::start_all() {
  for (const auto& session : std::exchange(malformed_, {})) {
    session->gone("not a ws:// or wss:// URL");
  }
  for (const auto& attempt : std::exchange(ready_, {})) start(attempt);
}

void ClientConnector::start(const std::shared_ptr<ClientAttempt>& attempt) {
  if (!attempt->session().wants_to_connect()) return attempt->end({"closed before connecting"});
  const WebSocketUrl& url = attempt->url();
  lws_vhost* vhost = vhost_for(url.secure);
  if (vhost == nullptr) {
    return attempt->end({url.secure ? "the file of trusted authorities cannot be read"
                                    : "libwebsockets gave no virtual host"});
  }
  lws_client_connect_info info{};
  info.context = context_.get();
  info.vhost = vhost;
  info.address = attempt->address().c_str();
  info.port = url.port;
  info.path = url.resource.c_str();
  info.host = url.authority.c_str();
  info.protocol = attempt->subprotocol().c_str();
  info.local_protocol_name = client_protocols()->name;
  info.ietf_version_or_minus_one = 13;
  info.ssl_connection = LCCSCF_HTTP_NO_FOLLOW_REDIRECT | (url.secure ? LCCSCF_USE_SSL : 0);
  connect_client(context_, attempt, info);
}

lws_vhost* ClientConnector::vhost_for(bool secure) {
  lws_vhost*& vhost = secure ? secure_vhost_ : plain_vhost_;
  if (vhost != nullptr) return vhost;
  const std::string authorities = secure ? read_authorities(tls_ca_file_) : std::string();
  if (secure && authorities.empty()) return nullptr;
  lws_context_creation_info info{};
  info.vhost_name = secure ? "floe-wss-client" : "floe-ws-client";
  info.port = CONTEXT_PORT_NO_LISTEN;
  info.protocols = client_protocols();
  if (secure) {
    info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
#if defined(LWS_WITH_MBEDTLS)
    info.client_ssl_ca_mem = authorities.data();
    info.client_ssl_ca_mem_len = static_cast<unsigned>(authorities.size());
#else
    // OpenSSL knows the authorities of the system. Of a list in memory libwebsockets would read the
    // first only.
    if (!tls_ca_file_.empty()) info.client_ssl_ca_filepath = tls_ca_file_.c_str();
#endif
  }
  vhost = context_.create_vhost(info);
  return vhost;
}

WebSocketClients::WebSocketClients(WebSocketEngine& engine, Resolver& resolver,
                                   WebSocketClientOptions options)
    : connector_(
          std::make_unique<ClientConnector>(*engine.context_, resolver, std::move(options))) {}

WebSocketClients::~WebSocketClients() = default;

std::unique_ptr<MessageChannel> WebSocketClients::connect(std::string_view url,
                                                          std::string_view subprotocol,
                                                          MessageChannelListener& listener) {
  return connector_->connect(url, subprotocol, listener);
}

std::string WebSocketClients::problem_with(std::string_view url) {
  return connector_->problem_with(url);
}

std::unique_ptr<WebSocketChannel> WebSocketClients::connect_web_socket(
    std::string_view url, std::string_view subprotocol, MessageChannelListener& listener) {
  return connector_->connect(url, subprotocol, listener);
}

}  // namespace floe::native
