// The events of the sockets that an AgentDriver opened on its host.
#pragma once

#include "floe/api/datagram_socket.h"
#include "floe/ice/local_socket.h"

namespace floe {

/// Inside each function any function of the driver may be called.
class LocalSocketsListener {
 public:
  /// A socket is being opened: on_local_socket_bound() or on_local_socket_failed() follows.
  virtual void on_local_socket_opening() = 0;
  virtual void on_local_socket_bound(const ice::LocalSocket& socket) = 0;
  /// The socket could not be bound, or was given up before; the reason is in the log.
  virtual void on_local_socket_failed() = 0;
  /// A bound socket can no longer be used.
  virtual void on_local_socket_gone(const TransportAddress& base) = 0;
  /// The bytes live for the duration of the call.
  virtual void on_local_datagram(const Datagram& datagram) = 0;

 protected:
  ~LocalSocketsListener() = default;
};

}  // namespace floe
