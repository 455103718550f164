// The interface that admits the WebSockets of an HttpServer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "floe/native/request_head.h"
#include "floe/native/web_socket_channel.h"

namespace floe::native {

/// A request to become a WebSocket.
struct UpgradeRequest : RequestHead {
  std::string offered_subprotocols;  ///< the whole list, since it may contain a token
  std::string subprotocol;           ///< the one agreed on: the first offered that is served
};

class WebSocketAcceptor {
 public:
  // Answers of admit(); any other HTTP status is allowed, too.
  static constexpr std::uint16_t kAdmitted = 101;
  static constexpr std::uint16_t kForbidden = 403;
  static constexpr std::uint16_t kNotFound = 404;
  static constexpr std::uint16_t kUnavailable = 503;

  /// Before the upgrade: kAdmitted, or the HTTP status to refuse with.
  virtual std::uint16_t admit(const UpgradeRequest& request) = 0;
  /// After the upgrade: takes the channel and returns its listener, which must outlive the channel
  /// and hears on_channel_open() next. Null closes the channel.
  virtual MessageChannelListener* accept(std::unique_ptr<WebSocketChannel> channel,
                                         const UpgradeRequest& request) = 0;

 protected:
  ~WebSocketAcceptor() = default;
};

}  // namespace floe::native
