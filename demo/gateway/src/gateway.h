// The gateway: an HTTP server for a page, its signalling rooms and its tunnels.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "admin_server.h"
#include "carrier.h"
#include "descriptor_budget.h"
#include "drain.h"
#include "floe/native/http_server.h"
#include "floe/native/signal_watch.h"
#include "floe/native/system_host.h"
#include "floe/native/tls_terminator.h"
#include "floe/rooms/signal_service.h"
#include "floe/rooms/whip_service.h"
#include "gateway_log.h"
#include "gateway_metrics.h"
#include "gateway_options.h"
#include "own_address_watch.h"
#include "service_manager.h"
#include "shared.h"
#include "workers.h"

namespace floe::gateway {

class Gateway final : private native::SignalListener {
 public:
  using ReadArguments = std::function<ParsedArguments()>;

  /// `read` reads the arguments and the configuration again.
  Gateway(const ParsedArguments& arguments, ReadArguments read);

  /// Runs until SIGINT or SIGTERM; returns the exit status. The first of them drains: clients are
  /// told, and have time to leave. The second ends the gateway at once. SIGHUP reloads.
  int run();

 private:
  void on_signal(int signal) override;
  native::HttpServerOptions server_options();
  std::string start_workers();
  std::string load_certificate(const TlsOptions& options);
  /// Returns a mistake; empty: it listens everywhere.
  std::string listen();
  WorkerCounters counters();
  void announce(const std::optional<TransportAddress>& admin) const;
  void begin_drain();
  void end_drain();
  void count_closed();
  void read_again();
  /// Takes what may change while the gateway runs. Returns a mistake, after which all is as before.
  std::string reload(const GatewayOptions& options);
  void log(LogLevel level, std::string_view text) { log_.log(level, "gateway", text); }
  native::HttpDocument counters_document();
  std::string counters_json();

  GatewayOptions options_;
  GivenOptions given_;  // at the start
  ReadArguments read_;
  GatewayLog log_;
  GatewayState state_;
  // Before the host: libwebsockets makes its table for the limit that it finds.
  DescriptorBudget budget_;
  const GatewayOptions granted_;  // at the start, with the limits that the descriptors allow
  native::SystemHost host_;
  std::unique_ptr<native::TlsTerminator> tls_;  // null: no certificate
  ServiceManager service_manager_;
  Shared shared_;
  Carrier carrier_;  // of this loop; those of other threads are in workers_
  OwnAddressWatch own_addresses_;
  rooms::SignalService signal_;
  rooms::WhipService whip_;
  native::HttpServer server_;
  Workers workers_;
  GatewayMetrics metrics_;
  std::optional<AdminServer> admin_;
  Drain drain_;
  std::size_t closing_ = 0;  // at the end: this loop's connections, and those of the workers
};

}  // namespace floe::gateway
