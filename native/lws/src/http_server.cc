#include "floe/native/http_server.h"

#include <utility>

#include "lws_context.h"
#include "server_core.h"

namespace floe::native {

HttpServer::HttpServer(WebSocketEngine& engine, HttpServerOptions options)
    : core_(&engine.context_->keep(
          std::make_unique<ServerCore>(*engine.context_, std::move(options)))) {}

HttpServer::~HttpServer() {
  core_->retire();
}

void HttpServer::add_subprotocol(std::string name, WebSocketAcceptor& acceptor) {
  core_->add_subprotocol(std::move(name), acceptor);
}

void HttpServer::add_document(std::string path, std::function<HttpDocument()> make) {
  core_->add_document(std::move(path), std::move(make));
}

void HttpServer::add_handler(std::string prefix, HttpHandler& handler) {
  core_->add_handler(std::move(prefix), handler);
}

Result<TransportAddress, ListenError> HttpServer::listen() {
  return core_->listen();
}

bool HttpServer::open() {
  return core_->open();
}

void HttpServer::adopt(UniqueFd connection, const TransportAddress& peer) {
  core_->adopt(std::move(connection), peer);
}

TransportAddress HttpServer::address() const {
  return core_->address();
}

void HttpServer::stop_listening() {
  core_->stop_listening();
}

void HttpServer::drain(std::uint16_t code, std::string_view reason, std::function<void()> drained) {
  core_->drain(code, reason, std::move(drained));
}

std::size_t HttpServer::connection_count() const {
  return core_->connection_count();
}

HttpStatistics HttpServer::statistics() const {
  return core_->statistics();
}

}  // namespace floe::native
