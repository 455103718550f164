#include "http_connection.h"

#include <utility>

#include "request_framing.h"
#include "server_core.h"
#include "upgrade_headers.h"

namespace floe::native {
namespace {

constexpr std::uint16_t kTryAgainLater = 1013;
constexpr int kHandlerSeconds = 30;

HttpResponse not_found() {
  return HttpResponse(HttpDocument{.status = 404, .body = "not found\n"});
}

// The header of an answer after which the connection is closed.
HttpResponse without_body(std::uint16_t status) {
  HttpDocument document;
  document.status = status;
  if (status == kUpgradeRequired) document.headers = {{"sec-websocket-version", "13"}};
  return HttpResponse(std::move(document));
}

}  // namespace

HttpConnection::HttpConnection(ServerCore& server, const TransportAddress& peer)
    : server_(server), peer_(peer), place_(server.strangers().enter(peer.ip, *this)) {
  server_.add(*this);
}

HttpConnection::~HttpConnection() {
  server_.remove(*this);
}

void HttpConnection::kill() {
  if (wsi_ == nullptr) return;
  lws_set_timeout(wsi_, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
  server_.context().touch();
}

int HttpConnection::answer(lws* wsi, HttpResponse response, bool head_only) {
  server_.count_answer(response.status());
  response_.emplace(std::move(response));
  const int result = response_->begin(wsi, head_only);
  if (response_->is_finished()) response_.reset();
  return result;
}

int HttpConnection::close_with(lws* wsi, std::uint16_t status) {
  answer(wsi, without_body(status), true);
  return -1;
}

int HttpConnection::on_request(lws* wsi, std::string_view path) {
  if (const std::uint16_t status = framing_objection(wsi)) return close_with(wsi, status);
  char* uri = nullptr;
  int length = 0;
  const int method = lws_http_get_uri_and_method(wsi, &uri, &length);
  // RFC 9110, section 15.5.20: "the request was directed at a server that is unable or unwilling to
  // produce an authoritative response for the target URI".
  const std::optional<std::string> host = host_of(wsi);
  if (!host || !server_.admits_host(*host)) return close_with(wsi, host ? 421 : 400);
  if (HttpHandler* handler = server_.handler_of(path)) {
    std::optional<HttpRequest> request = read_http_request(wsi, method, path, peer_);
    if (!request) return close_with(wsi, 400);
    return receive(wsi, *handler, std::move(*request));
  }
  // Another method may have a body, which is not read here.
  if (method != LWSHUMETH_GET && method != LWSHUMETH_HEAD) return close_with(wsi, 405);
  // RFC 9110, section 9.3.1: content of a GET "might lead some implementations to reject the
  // request and close the connection because of its potential as a request smuggling attack".
  if (content_length(wsi).value_or(0) > 0) return close_with(wsi, 400);
  const bool head_only = method == LWSHUMETH_HEAD;
  if (std::optional<HttpDocument> document = server_.make_document(path)) {
    return answer(wsi, HttpResponse(std::move(*document)), head_only);
  }
  if (std::optional<StaticFile> file = server_.files().find(path)) {
    return answer(wsi, HttpResponse(std::move(*file)), head_only);
  }
  return answer(wsi, not_found(), head_only);
}

int HttpConnection::receive(lws* wsi, HttpHandler& handler, HttpRequest request) {
  if (server_.is_draining()) return close_with(wsi, 503);
  const std::optional<std::uint64_t> size = content_length(wsi);
  if (!size && (request.method == "POST" || request.method == "PATCH")) {
    return close_with(wsi, 411);
  }
  if (size.value_or(0) > kRequestBodyMax) return close_with(wsi, 413);
  handled_ = std::make_unique<HandledRequest>(handler, std::move(request), size.value_or(0));
  return handled_->awaits_body() ? 0 : hand_over(wsi);
}

int HttpConnection::on_body(Bytes piece) {
  return handled_ && handled_->add_body(piece) ? 0 : -1;
}

int HttpConnection::on_body_end(lws* wsi) {
  if (!handled_) return 0;  // there was none
  // Something follows the body, while its answer is not there.
  if (handled_->awaits_body() || handled_->was_handed_over()) return -1;
  return hand_over(wsi);
}

int HttpConnection::hand_over(lws* wsi) {
  place_.leave();
  lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, kHandlerSeconds);
  handled_->hand_over(wsi);
  return answer_handled(wsi);
}

int HttpConnection::answer_handled(lws* wsi) {
  if (handled_->was_dropped()) return -1;
  std::optional<HttpDocument> document = handled_->take_answer();
  if (!document) return 0;
  const bool is_head = handled_->is_head();
  handled_.reset();
  place_ = server_.strangers().enter(peer_.ip, *this);
  return answer(wsi, HttpResponse(std::move(*document)), is_head);
}

int HttpConnection::on_writable(lws* wsi) {
  if (handled_ && handled_->was_handed_over()) return answer_handled(wsi);
  if (!response_) return 0;
  const int result = response_->continue_body(wsi);
  if (response_->is_finished()) response_.reset();
  return result;
}

int HttpConnection::refuse_upgrade(lws* wsi, std::uint16_t status) {
  ++server_.context().statistics().upgrades_refused;
  return close_with(wsi, status);
}

int HttpConnection::on_upgrade_asked(lws* wsi, std::string_view to_what) {
  if (to_what != "websocket") return refuse_upgrade(wsi, 400);
  if (const std::uint16_t status = framing_objection(wsi)) return refuse_upgrade(wsi, status);
  if (const std::uint16_t status = handshake_objection(wsi)) return refuse_upgrade(wsi, status);
  std::optional<UpgradeRequest> request = read_upgrade_request(wsi, peer_);
  if (!request) return refuse_upgrade(wsi, 400);
  WebSocketAcceptor* acceptor = nullptr;
  for (const std::string_view name : split_list(request->offered_subprotocols)) {
    if ((acceptor = server_.acceptor_of(name)) == nullptr) continue;
    request->subprotocol = name;
    break;
  }
  if (acceptor == nullptr) return refuse_upgrade(wsi, 400);
  if (server_.is_draining()) return refuse_upgrade(wsi, 503);
  const std::uint16_t status = acceptor->admit(*request);
  if (status != WebSocketAcceptor::kAdmitted) return refuse_upgrade(wsi, status);
  upgrade_ = std::make_unique<UpgradeRequest>(std::move(*request));
  return 0;
}

int HttpConnection::on_upgraded(lws* wsi) {
  const std::unique_ptr<UpgradeRequest> request = std::move(upgrade_);
  WebSocketAcceptor* acceptor = request ? server_.acceptor_of(request->subprotocol) : nullptr;
  if (acceptor == nullptr) return -1;
  place_.leave();
  session_ = std::make_shared<WebSocketSession>(server_.context(), WebSocketSession::Role::server);
  session_->connecting(wsi);
  MessageChannelListener* listener = acceptor->accept(make_channel(session_), *request);
  session_->set_listener(listener);
  const int result = session_->opened(wsi, peer_);
  if (listener == nullptr) session_->close(kTryAgainLater, "not accepted");
  return result;
}

}  // namespace floe::native
