// What the gateway has said about the end of the session, and how the owner of the client is told.
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
  /// An ERROR after which the gateway closes. Its close frame may never come, so the words are
  /// kept.
  void handle_fatal(const Error& error);

  // The reason in these two is a view: of this object, or of the text given.

  /// The channel closed, with the code and reason of a WebSocket.
  ClientClosed of_channel(std::uint16_t code, std::string_view reason, bool was_ready);
  /// The client ends the session, for what the gateway did or did not do.
  ClientClosed of_fault(ErrorCode code, std::string_view reason, bool was_ready) const;

 private:
  std::optional<GoAway> go_away_;
  ErrorCode fatal_error_{};
  std::string last_words_;
};

}  // namespace floe::tunnel
