// The metrics of a gateway. Nothing is counted here: each scrape reads the counters that the parts
// keep anyway, so that metrics cost nothing in between.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "floe/native/tls_terminator.h"
#include "floe/rooms/signal_service.h"
#include "floe/rooms/whip_service.h"
#include "gateway_state.h"
#include "tunnel_quotas.h"
#include "worker_counters.h"

namespace floe::gateway {

class MetricPage;

/// All must outlive the metrics.
struct MetricSources {
  const GatewayState& state;
  const TunnelQuotas& quotas;
  std::function<WorkerCounters()> workers;  ///< what all of them have done together
  const rooms::SignalService& rooms;
  const rooms::WhipService& whip;
  const native::TlsTerminator* tls;  ///< null: there is no certificate
};

class GatewayMetrics {
 public:
  explicit GatewayMetrics(MetricSources sources) : sources_(std::move(sources)) {}

  std::string text() const;

 private:
  void add_gateway(MetricPage& page, const WorkerCounters& all) const;
  void add_http(MetricPage& page, const WorkerCounters& all) const;
  void add_tls(MetricPage& page) const;
  void add_tunnel(MetricPage& page, const WorkerCounters& all) const;
  void add_rooms(MetricPage& page) const;
  void add_turn(MetricPage& page, const WorkerCounters& all) const;
  void add_quotas(MetricPage& page, const WorkerCounters& all) const;

  MetricSources sources_;
};

}  // namespace floe::gateway
