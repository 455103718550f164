#include "admin_server.h"

#include "descriptor_budget.h"
#include "metric_page.h"

namespace floe::gateway {
namespace {

native::HttpServerOptions admin_options(const TransportAddress& address) {
  native::HttpServerOptions options;
  options.address = address;
  options.connections_max = DescriptorBudget::kAdminConnections;
  return options;
}

native::HttpDocument readiness(Phase phase) {
  switch (phase) {
    case Phase::starting:
      return {.status = 503, .body = "starting\n"};
    case Phase::ready:
      return {.body = "ready\n"};
    case Phase::draining:
      return {.status = 503, .body = "draining\n"};
  }
  return {.status = 503};
}

}  // namespace

AdminServer::AdminServer(native::SystemHost& host, const TransportAddress& address,
                         const GatewayState& state, const GatewayMetrics& metrics)
    : server_(host.web_socket_engine(), admin_options(address)) {
  server_.add_document("/livez", [] { return native::HttpDocument{.body = "ok\n"}; });
  server_.add_document("/readyz", [&state] { return readiness(state.phase); });
  server_.add_document("/metrics", [&metrics] {
    return native::HttpDocument{.content_type = MetricPage::kContentType, .body = metrics.text()};
  });
}

}  // namespace floe::gateway
