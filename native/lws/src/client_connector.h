// Client connections on their way to being open.
#pragma once

#include <string>
#include <vector>

#include "floe/native/web_socket_clients.h"
#include "lws_context.h"
#include "web_socket_session.h"

namespace floe::native {

/// Starts connections after the callback in which they were asked for, because libwebsockets may
/// report a failure from inside its connect call.
class ClientConnector {
 public:
  ClientConnector(LwsContext& context, WebSocketClientOptions options);
  ~ClientConnector();

  std::unique_ptr<WebSocketChannel> connect(std::string_view url, std::string_view subprotocol,
                                            MessageChannelListener& listener);

 private:
  struct Request {
    std::shared_ptr<WebSocketSession> session;
    std::string url;
    std::string subprotocol;
  };

  void start_all();
  void start(const Request& request);
  lws_vhost* vhost_for(bool secure);

  LwsContext& context_;
  std::string tls_ca_file_;
  // Made when first needed: reading the system's authorities takes time and memory.
  lws_vhost* plain_vhost_ = nullptr;
  lws_vhost* secure_vhost_ = nullptr;
  std::vector<Request> requests_;
  DeferredCall<ClientConnector, &ClientConnector::start_all> start_call_;
};

}  // namespace floe::native
