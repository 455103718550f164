// Client connections on their way to being open.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "client_attempt.h"
#include "floe/native/web_socket_clients.h"
#include "lws_context.h"
#include "web_socket_session.h"

namespace floe::native {

/// Starts connections after the callback in which they were asked for, because libwebsockets may
/// report a failure during its connect call.
class ClientConnector {
 public:
  ClientConnector(LwsContext& context, Resolver& resolver, WebSocketClientOptions options);
  ~ClientConnector();

  std::unique_ptr<WebSocketChannel> connect(std::string_view url, std::string_view subprotocol,
                                            MessageChannelListener& listener);
  std::string problem_with(std::string_view url) const;

  /// The attempt has an address to connect to.
  void go_on(std::shared_ptr<ClientAttempt> attempt);
  /// The attempt has failed, or its connection is open.
  void forget(const ClientAttempt& attempt);

 private:
  void start_all();
  void start(const std::shared_ptr<ClientAttempt>& attempt);
  lws_vhost* vhost_for(bool secure);

  LwsContext& context_;
  Resolver& resolver_;
  std::string tls_ca_file_;
  // Made when first needed: reading the system's authorities takes time and memory.
  lws_vhost* plain_vhost_ = nullptr;
  lws_vhost* secure_vhost_ = nullptr;
  std::vector<std::shared_ptr<ClientAttempt>> attempts_;  // all that have neither failed nor opened
  std::vector<std::shared_ptr<ClientAttempt>> ready_;     // the ones that start next
  std::vector<std::shared_ptr<WebSocketSession>> malformed_;
  DeferredCall<ClientConnector, &ClientConnector::start_all> start_call_;
};

}  // namespace floe::native
