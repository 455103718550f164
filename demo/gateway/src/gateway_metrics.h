// The metrics of a gateway. Nothing is counted here: each scrape reads the counters that the parts
// keep anyway, so that metrics cost nothing in between.
#pragma once

#include <string>

#include "floe/native/http_server.h"
#include "floe/native/tls_terminator.h"
#include "floe/rooms/refusal_log.h"
#include "floe/rooms/signal_service.h"
#include "floe/rooms/whip_service.h"
#include "gateway_state.h"
#include "tunnel_service.h"
#include "turn_service.h"

namespace floe::gateway {

class MetricPage;

/// All must outlive the metrics.
struct MetricSources {
  const GatewayState& state;
  native::SystemHost& host;
  const native::HttpServer& server;
  const TunnelService& tunnel;
  const rooms::SignalService& rooms;
  const rooms::WhipService& whip;
  const rooms::RefusalLog& refusals;
  const std::optional<TurnService>& turn;  ///< may be empty
  const native::TlsTerminator* tls;        ///< null: there is no certificate
};

class GatewayMetrics {
 public:
  explicit GatewayMetrics(const MetricSources& sources) : sources_(sources) {}

  std::string text() const;

 private:
  void add_gateway(MetricPage& page) const;
  void add_http(MetricPage& page) const;
  void add_tls(MetricPage& page) const;
  void add_tunnel(MetricPage& page) const;
  void add_rooms(MetricPage& page) const;
  void add_turn(MetricPage& page) const;
  void add_quotas(MetricPage& page) const;

  MetricSources sources_;
};

}  // namespace floe::gateway
