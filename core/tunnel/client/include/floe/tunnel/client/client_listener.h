// The callbacks that the owner of a tunnel's client gets.
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
  protocol,  ///< the gateway sent a record that it must not send
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
  std::uint16_t code = 1006;      ///< of the WebSocket; 4000 + ErrorCode where the gateway sent one
  std::string_view reason;        ///< valid during the call; from outside, so untrusted
  bool was_ready = false;         ///< the session had begun
  std::optional<GoAway> go_away;  ///< if the gateway had announced it: when to come back
};

/// Each function may destroy the client, but for on_flush_wanted().
class ClientListener {
 public:
  /// WELCOME came: addresses are known, sockets are being bound.
  virtual void on_ready() {}
  /// The gateway will close soon. Open sockets go on until then; nothing new will be opened.
  virtual void on_go_away(const GoAway&) {}
  /// The time that set_alarm() asked for has come, by the gateway's clock.
  virtual void on_alarm() {}
  /// There is something to flush that was not there before. A host without a natural end of turn
  /// arranges for flush() soon. Called from inside the client's functions, so call none from here.
  virtual void on_flush_wanted() {}
  /// Once, as the last thing, after every socket has failed. Not after close(), nor from a
  /// destructor.
  virtual void on_closed(const ClientClosed& closed) = 0;

 protected:
  ~ClientListener() = default;
};

}  // namespace floe::tunnel
