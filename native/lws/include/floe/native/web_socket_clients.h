// WebSocket connections to servers.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "floe/api/message_channel.h"
#include "floe/api/resolver.h"
#include "floe/native/web_socket_channel.h"
#include "floe/native/web_socket_engine.h"

namespace floe::native {

class ClientConnector;

struct WebSocketClientOptions {
  /// PEM file with authorities that are trusted for wss:// besides those of the system.
  std::string tls_ca_file;
};

/// Connects to ws:// and wss:// URLs. A server must agree to the requested subprotocol. Over TLS it
/// must prove its name, and no option turns that off.
///
/// Connecting fails after 5 s without progress, for each address of the server's name in turn. No
/// proxy is used, even if the environment names one. Limit: TLS is 1.2.
class WebSocketClients final : public MessageChannels {
 public:
  /// Both must outlive this object.
  WebSocketClients(WebSocketEngine& engine, Resolver& resolver,
                   WebSocketClientOptions options = {});
  ~WebSocketClients();

  std::unique_ptr<MessageChannel> connect(std::string_view url, std::string_view subprotocol,
                                          MessageChannelListener& listener) override;
  /// Another scheme than ws:// and wss://, a URL that cannot be read, or for wss:// a file of
  /// authorities that cannot be used.
  std::string problem_with(std::string_view url) override;
  std::unique_ptr<WebSocketChannel> connect_web_socket(std::string_view url,
                                                       std::string_view subprotocol,
                                                       MessageChannelListener& listener);

 private:
  std::unique_ptr<ClientConnector> connector_;
};

}  // namespace floe::native
