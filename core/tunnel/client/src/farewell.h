// Keeps the gateway's GO_AWAY and fatal ERROR, and makes the ClientClosed for the client's owner.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "floe/tunnel/client/client_listener.h"
#include "floe/tunnel/records/error_code.h"

namespace floe::tunnel {

class Farewell {
 public:
  void handle(const GoAway& go_away) { go_away_ = go_away; }
  /// An ERROR after which the gateway closes. Its close frame may never come, so the ERROR is kept.
  void handle_fatal(const Error& error);

  // In these two results `reason` is a view of this object or of the given text.

  /// The channel closed, with the code and reason of a WebSocket.
  ClientClosed of_channel(std::uint16_t code, std::string_view reason, bool was_ready);
  /// The client ends the session because of a fault of the gateway.
  ClientClosed of_fault(ErrorCode code, std::string_view reason, bool was_ready) const;

 private:
  std::optional<GoAway> go_away_;
  ErrorCode fatal_error_{};
  std::string last_words_;
};

}  // namespace floe::tunnel
