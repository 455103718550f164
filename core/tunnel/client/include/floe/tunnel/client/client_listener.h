// What the owner of a tunnel's client hears of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "floe/tunnel/records/control_records.h"

namespace floe::tunnel {

enum class CloseCause : std::uint8_t {
  network,   ///< the connection could not be made, or broke
  gateway,   ///< the gateway closed it; code and reason are its words
  silent,    ///< nothing was heard from the gateway for too long
  protocol,  ///< the gateway sent what it must not
};

constexpr std::string_view to_text(CloseCause cause) {
  switch (cause) {
    case CloseCause::network:
      return "the connection to the gateway broke";
    case CloseCause::gateway:
      return "the gateway closed the connection";
    case CloseCause::silent:
      return "the gateway does not answer";
    case CloseCause::protocol:
      return "the gateway broke the protocol";
  }
  return "?";
}

struct ClientClosed {
  CloseCause cause = CloseCause::network;
  std::uint16_t code = 1006;      ///< of the WebSocket; 4000 + ErrorCode where one was told
  std::string_view reason;        ///< lent for the duration of the call; from outside, so untrusted
  bool was_ready = false;         ///< the session had begun
  std::optional<GoAway> go_away;  ///< if the gateway had announced it: when to come back
};

/// Of all this and of a socket's listener, only on_flush_wanted() may not destroy the client.
class ClientListener {
 public:
  /// WELCOME came: addresses are known, sockets are being bound.
  virtual void on_ready() {}
  /// The gateway will close soon. What is open goes on until then; nothing new will be opened.
  virtual void on_go_away(const GoAway&) {}
  /// The time that set_alarm() asked for has come, by the gateway's clock.
  virtual void on_alarm() {}
  /// There is something to flush that was not there before. For hosts without a natural end of
  /// turn: arrange for flush() soon. Called from inside the client's functions, so call none from
  /// here.
  virtual void on_flush_wanted() {}
  /// Once, as the last thing, after every socket has failed. Not after close(), nor from a
  /// destructor.
  virtual void on_closed(const ClientClosed& closed) = 0;

 protected:
  ~ClientListener() = default;
};

}  // namespace floe::tunnel
