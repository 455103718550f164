// The administration of a gateway on a listener of its own, so that its public port tells nothing:
//
//   /livez    200 while the program runs its loop
//   /readyz   200 while clients are admitted, else 503
//   /metrics  for Prometheus
#pragma once

#include "floe/native/http_server.h"
#include "gateway_metrics.h"

namespace floe::gateway {

class AdminServer {
 public:
  /// All must outlive it.
  AdminServer(native::SystemHost& host, const TransportAddress& address, const GatewayState& state,
              const GatewayMetrics& metrics);

  Result<TransportAddress, native::ListenError> listen() { return server_.listen(); }

 private:
  native::HttpServer server_;
};

}  // namespace floe::gateway
