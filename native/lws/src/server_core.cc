#include "server_core.h"

#include <utility>

#include "http_connection.h"
#include "lws_message.h"

namespace floe::native {

ServerCore::ServerCore(LwsContext& context, HttpServerOptions options)
    : context_(context),
      options_(std::move(options)),
      strangers_(options_.strangers),
      newcomers_(context.loop(), strangers_,
                 [this](FirstBytes::Connection newcomer, std::string_view first) {
                   sort(std::move(newcomer), first);
                 }),
      drained_call_(context.loop(), Deferred::When::after_callback, *this) {}

void ServerCore::add_subprotocol(std::string name, WebSocketAcceptor& acceptor) {
  acceptors_.insert_or_assign(std::move(name), &acceptor);
}

void ServerCore::add_document(std::string path, std::function<HttpDocument()> make) {
  documents_.insert_or_assign(std::move(path), std::move(make));
}

void ServerCore::add_handler(std::string prefix, HttpHandler& handler) {
  handlers_.emplace_back(std::move(prefix), &handler);
}

lws_vhost* ServerCore::create_vhost() {
  protocols_ = {make_protocol("floe-http", server_callback)};
  for (const auto& [name, acceptor] : acceptors_) {
    protocols_.push_back(make_protocol(name.c_str(), server_callback));
  }
  protocols_.push_back({});
  vhost_name_ = "floe-server-" + address_.to_text();
  lws_context_creation_info info{};
  info.vhost_name = vhost_name_.c_str();
  info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
  info.protocols = protocols_.data();
  return context_.create_vhost(info);
}

Result<TransportAddress, ListenError> ServerCore::listen() {
  if (!options_.document_root.empty() && !files_.open(options_.document_root)) {
    return ListenError::bad_setup;
  }
  listener_.emplace(context_.loop(), static_cast<ConnectionAcceptor&>(*this));
  const Result<TransportAddress, ListenError> bound = listener_->listen(options_.address);
  if (bound) {
    address_ = *bound;
    vhost_ = create_vhost();
    if (vhost_ != nullptr) return bound;
  }
  listener_.reset();
  return bound ? ListenError::bad_setup : bound;
}

void ServerCore::on_accepted(UniqueFd connection, const TransportAddress& peer) {
  set_stream_options(connection.get());
  if (options_.tls == nullptr) return on_decrypted(std::move(connection), peer);
  options_.tls->take(std::move(connection), peer, *this);
}

void ServerCore::on_decrypted(UniqueFd connection, const TransportAddress& peer) {
  if (draining_) return;
  ++statistics_.connections;
  if (options_.divert) return newcomers_.take({std::move(connection), peer});
  serve(std::move(connection), peer);
}

void ServerCore::sort(FirstBytes::Connection newcomer, std::string_view first) {
  if (!options_.divert(newcomer.fd, newcomer.peer, first)) {
    serve(std::move(newcomer.fd), newcomer.peer);
  } else if (listener_) {
    listener_->resume();
  }
}

HttpStatistics ServerCore::statistics() const {
  HttpStatistics statistics = statistics_;
  statistics.displaced = strangers_.displaced();
  return statistics;
}

void ServerCore::serve(UniqueFd connection, const TransportAddress& peer) {
  auto* http = new HttpConnection(*this, peer);
  lws_adopt_desc_t info{};
  info.vh = vhost_;
  info.type = static_cast<lws_adoption_type>(LWS_ADOPT_SOCKET | LWS_ADOPT_HTTP);
  info.fd.sockfd = connection.release();
  info.opaque = http;
  const std::size_t count = connections_.size();
  lws* wsi = lws_adopt_descriptor_vhost_via_info(&info);
  context_.touch();
  if (wsi != nullptr) {
    http->set_wsi(wsi);
  } else if (connections_.size() == count) {
    delete http;  // adopting failed before there was a connection to destroy
  }
}

bool ServerCore::open() {
  vhost_ = create_vhost();
  return vhost_ != nullptr;
}

WebSocketAcceptor* ServerCore::acceptor_of(std::string_view subprotocol) const {
  const auto entry = acceptors_.find(subprotocol);
  return entry == acceptors_.end() ? nullptr : entry->second;
}

std::optional<HttpDocument> ServerCore::make_document(std::string_view path) const {
  const auto entry = documents_.find(path);
  if (entry == documents_.end()) return std::nullopt;
  return entry->second();
}

HttpHandler* ServerCore::handler_of(std::string_view path) const {
  for (const auto& [prefix, handler] : handlers_) {
    if (path.starts_with(prefix)) return handler;
  }
  return nullptr;
}

void ServerCore::count_answer(std::uint16_t status) {
  ++statistics_.requests;
  if (status >= 400) ++statistics_.errors;
}

void ServerCore::add(HttpConnection& connection) {
  connection.index = connections_.size();
  connections_.push_back(&connection);
}

void ServerCore::remove(HttpConnection& connection) {
  connections_[connection.index] = connections_.back();
  connections_[connection.index]->index = connection.index;
  connections_.pop_back();
  if (listener_) listener_->resume();
  if (draining_ && connections_.empty()) drained_call_.request();
}

void ServerCore::drain(std::uint16_t code, std::string_view reason, std::function<void()> drained) {
  draining_ = true;
  drained_ = std::move(drained);
  listener_.reset();
  newcomers_.clear();
  for (HttpConnection* connection : connections_) {
    if (WebSocketSession* session = connection->session()) {
      session->close(code, reason);
    } else if (connection->is_idle()) {
      connection->kill();
    }
  }
  if (connections_.empty()) drained_call_.request();
}

void ServerCore::report_drained() {
  if (const auto drained = std::exchange(drained_, nullptr)) drained();
}

void ServerCore::retire() {
  draining_ = true;
  drained_ = nullptr;
  listener_.reset();
  newcomers_.clear();
  options_.divert = nullptr;
  acceptors_.clear();
  documents_.clear();
  handlers_.clear();
  for (HttpConnection* connection : connections_) connection->kill();
}

}  // namespace floe::native
