#include "client_callback.h"

#include <array>
#include <string_view>
#include <utility>

#include "connect_failure.h"
#include "floe/native/posix_address.h"
#include "lws_message.h"

namespace floe::native {
namespace {

/// What a client connection points to; deleted when libwebsockets destroys the connection.
struct ClientConnection {
  std::shared_ptr<ClientAttempt> attempt;
  bool is_over = false;       // the attempt has failed, or the session was told that it is gone
  bool is_open = false;       // true: the session hears of all events, not the attempt
  bool* destroyed = nullptr;  // set while connect_client() is on the stack
};

void end(ClientConnection& connection, const ConnectFailure& failure) {
  if (std::exchange(connection.is_over, true)) return;
  if (connection.is_open) {
    connection.attempt->session().gone(failure.text);
  } else {
    connection.attempt->fail(failure);
  }
}

int open(ClientConnection& connection, lws* wsi) {
  connection.is_open = true;
  connection.attempt->succeed();
  const auto peer = peer_address_of(lws_get_socket_fd(wsi)).value_or(TransportAddress());
  return connection.attempt->session().opened(wsi, peer);
}

bool server_agreed(lws* wsi, const std::string& subprotocol) {
  std::array<char, 128> agreed;
  const int length =
      lws_hdr_copy(wsi, agreed.data(), static_cast<int>(agreed.size()), WSI_TOKEN_PROTOCOL);
  return length >= 0 && subprotocol == std::string_view(agreed.data());
}

std::string_view error_text_of(const void* in, std::size_t length) {
  if (in == nullptr) return {};
  std::string_view text(static_cast<const char*>(in), length);
  return text.substr(0, text.find('\0'));
}

int client_callback(lws* wsi, lws_callback_reasons reason, void*, void* in, std::size_t length) {
  switch (reason) {
    case LWS_CALLBACK_CONNECTING:
      set_stream_options(static_cast<int>(reinterpret_cast<std::intptr_t>(in)));
      return 0;
    case LWS_CALLBACK_CLIENT_FILTER_PRE_ESTABLISH:
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
    case LWS_CALLBACK_CLIENT_RECEIVE:
    case LWS_CALLBACK_CLIENT_WRITEABLE:
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
    case LWS_CALLBACK_CLIENT_CLOSED:
    case LWS_CALLBACK_WSI_DESTROY:
      break;
    default:
      return 0;
  }
  auto* connection = static_cast<ClientConnection*>(lws_get_opaque_user_data(wsi));
  if (connection == nullptr) return 0;
  WebSocketSession& session = connection->attempt->session();
  switch (reason) {
    case LWS_CALLBACK_CLIENT_FILTER_PRE_ESTABLISH:
      return server_agreed(wsi, connection->attempt->subprotocol()) ? 0 : -1;
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
      return open(*connection, wsi);
    case LWS_CALLBACK_CLIENT_RECEIVE:
      return session.piece_arrived(message_kind(wsi), message_piece(wsi, in, length));
    case LWS_CALLBACK_CLIENT_WRITEABLE:
      return session.writable();
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
      session.peer_closes({static_cast<const std::uint8_t*>(in), length});
      return 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
      end(*connection, connect_failure(wsi, error_text_of(in, length)));
      return 0;
    case LWS_CALLBACK_CLIENT_CLOSED:
      end(*connection, {"connection lost"});
      return 0;
    default:
      break;
  }
  end(*connection, {"connection lost"});
  if (connection->destroyed != nullptr) *connection->destroyed = true;
  lws_set_opaque_user_data(wsi, nullptr);
  delete connection;
  return 0;
}

}  // namespace

const lws_protocols* client_protocols() {
  static const std::array<lws_protocols, 2> protocols = {
      make_protocol("floe-client", client_callback), lws_protocols{}};
  return protocols.data();
}

void connect_client(LwsContext& context, const std::shared_ptr<ClientAttempt>& attempt,
                    lws_client_connect_info& info) {
  auto* connection = new ClientConnection{attempt};
  bool destroyed = false;
  connection->destroyed = &destroyed;
  lws* wsi = nullptr;
  info.opaque_user_data = connection;
  info.pwsi = &wsi;
  const bool started = lws_client_connect_via_info(&info) != nullptr;
  context.touch();
  if (destroyed) return;
  connection->destroyed = nullptr;
  if (started) {
    if (!connection->is_over) attempt->session().connecting(wsi);
    return;
  }
  // It gave up before there was a connection to destroy.
  attempt->fail({"connection failed"});
  delete connection;
}

}  // namespace floe::native
