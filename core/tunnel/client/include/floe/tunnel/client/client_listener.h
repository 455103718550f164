// The callbacks that the owner of a tunnel's client gets.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "floe/tunnel/records/control_records.h"

namespace floe::tunnel {

enum class CloseCause : std::uint8_t {
  network,   ///< the connection could not be made, or broke
  gateway,   ///< the gateway closed it; code and reason come from the gateway
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
  std::uint16_t code = 1006;      ///< of the WebSocket; 4000 + ErrorCode when the gateway sent one
  std::string_view reason;        ///< valid during the call; from outside, so untrusted
  bool was_ready = false;         ///< the session had begun
  std::optional<GoAway> go_away;  ///< if the gateway announced the end: when to reconnect
  bool is_refusal = false;        ///< as in ChannelClosed
};

/// Each function except on_flush_wanted() may destroy the client.
class ClientListener {
 public:
  /// WELCOME came: addresses are known, sockets are being bound.
  virtual void on_ready() {}
  /// The gateway will close soon. Open sockets keep working until then; the gateway opens no new
  /// ones.
  virtual void on_go_away(const GoAway&) {}
  /// The time that set_alarm() asked for has come, by the gateway's clock.
  virtual void on_alarm() {}
  /// The client has new output for flush(). A host without a natural end of turn must call flush()
  /// soon. The client calls this from inside its own functions, so call none of them from here.
  virtual void on_flush_wanted() {}
  /// The last callback, called once, after every socket has failed. It is not called after close(),
  /// nor from the destructor.
  virtual void on_closed(const ClientClosed& closed) = 0;

 protected:
  ~ClientListener() = default;
};

}  // namespace floe::tunnel
