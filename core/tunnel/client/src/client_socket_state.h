// One UDP socket that lives in a gateway, as the client's session knows it.
#pragma once

#include <optional>

#include "client_peers.h"
#include "floe/api/datagram_socket.h"
#include "floe/tunnel/records/ids.h"
#include "handles.h"

namespace floe::tunnel {

class ClientSocketState {
 public:
  ClientSocketState(SocketHandle handle, const BindRequest& wanted)
      : request(wanted), handle_(handle) {}

  SocketHandle handle() const { return handle_; }
  bool is_waiting() const { return id == SocketId{}; }
  bool is_bound() const { return local.has_value(); }

  BindRequest request;
  SocketId id;                             // 0 before BIND
  std::optional<TransportAddress> local;   // empty until BOUND
  std::optional<TransportAddress> mapped;  // its public address, if the gateway knows it
  ClientPeers peers;

 private:
  SocketHandle handle_;
};

}  // namespace floe::tunnel
