// The datagrams that the gateway dropped, as it reports them.
//
// DROPPED tells totals since BOUND, so the last report of each open socket counts; what was dropped
// for sockets that closed is added up.
#pragma once

#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/records/ids.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class GatewayDrops {
 public:
  /// DROPPED came, of a socket or of none (id 0). The caller has checked that the id was given out,
  /// so that a gateway cannot make the list grow.
  void handle_report(SocketId socket, const DropCounters& totals);
  void handle_socket_closed(SocketId socket);

  DropCounters totals() const;

 private:
  List<DropCounters> open_;  // by socket id
  DropCounters closed_;
};

}  // namespace floe::tunnel
