#include "http_connection.h"
#include "lws_message.h"
#include "server_core.h"

namespace floe::native {
namespace {

std::string_view path_of(const void* in, std::size_t length) {
  return {static_cast<const char*>(in), in != nullptr ? length : 0};
}

int session_callback(WebSocketSession& session, lws* wsi, lws_callback_reasons reason, void* in,
                     std::size_t length) {
  switch (reason) {
    case LWS_CALLBACK_RECEIVE:
      return session.piece_arrived(message_kind(wsi), message_piece(wsi, in, length));
    case LWS_CALLBACK_SERVER_WRITEABLE:
      return session.writable();
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
      session.peer_closes({static_cast<const std::uint8_t*>(in), length});
      return 0;
    case LWS_CALLBACK_CLOSED:
      session.gone("connection lost");
      return 0;
    default:
      return 0;
  }
}

}  // namespace

int server_callback(lws* wsi, lws_callback_reasons reason, void*, void* in, std::size_t length) {
  switch (reason) {
    case LWS_CALLBACK_HTTP:
    case LWS_CALLBACK_HTTP_BODY:
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
    case LWS_CALLBACK_HTTP_WRITEABLE:
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
    case LWS_CALLBACK_ESTABLISHED:
    case LWS_CALLBACK_RECEIVE:
    case LWS_CALLBACK_SERVER_WRITEABLE:
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
    case LWS_CALLBACK_CLOSED:
    case LWS_CALLBACK_WSI_DESTROY:
      break;
    default:
      return 0;  // some other reasons come without a connection
  }
  auto* connection = static_cast<HttpConnection*>(lws_get_opaque_user_data(wsi));
  if (connection == nullptr) return 0;
  switch (reason) {
    case LWS_CALLBACK_HTTP:
      return connection->on_request(wsi, path_of(in, length));
    case LWS_CALLBACK_HTTP_BODY:
      return connection->on_body({static_cast<const std::uint8_t*>(in), length});
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
      return connection->on_body_end(wsi);
    case LWS_CALLBACK_HTTP_WRITEABLE:
      return connection->on_writable(wsi);
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
      return connection->on_upgrade_asked(wsi, static_cast<const char*>(in));
    case LWS_CALLBACK_ESTABLISHED:
      return connection->on_upgraded(wsi);
    case LWS_CALLBACK_WSI_DESTROY:
      if (WebSocketSession* session = connection->session()) session->gone("connection lost");
      lws_set_opaque_user_data(wsi, nullptr);
      delete connection;
      return 0;
    default:
      break;
  }
  WebSocketSession* session = connection->session();
  return session != nullptr ? session_callback(*session, wsi, reason, in, length) : 0;
}

}  // namespace floe::native
