// The datagrams that the gateway dropped, as it reports them.
//
// DROPPED carries totals since BOUND, so only the last report of each open socket counts; the
// totals of closed sockets are added up.
#pragma once

#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/records/ids.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class GatewayDrops {
 public:
  /// DROPPED came, for a socket or for none (id 0). The caller has checked that this client once
  /// assigned the id, so that a gateway cannot make the list grow.
  void handle_report(SocketId socket, const DropCounters& totals);
  void handle_socket_closed(SocketId socket);

  DropCounters totals() const;

 private:
  List<DropCounters> open_;  // by socket id
  DropCounters closed_;
};

}  // namespace floe::tunnel
