// The gateway: an HTTP server for a page, its signalling rooms and its tunnels.
#pragma once

#include "address_policy.h"
#include "floe/json/writer.h"
#include "floe/native/http_server.h"
#include "floe/native/signal_watch.h"
#include "floe/native/system_host.h"
#include "floe/native/tls_terminator.h"
#include "floe/rooms/access_control.h"
#include "floe/rooms/refusal_log.h"
#include "floe/rooms/signal_service.h"
#include "floe/rooms/whip_service.h"
#include "gateway_options.h"
#include "own_address_watch.h"
#include "tunnel_service.h"
#include "turn_service.h"

namespace floe::gateway {

class Gateway final : private native::SignalListener {
 public:
  explicit Gateway(const GatewayOptions& options);

  /// Runs until SIGINT or SIGTERM; returns the exit status.
  int run();

 private:
  void on_signal(int signal) override;
  /// Returns the reason why it cannot serve; empty when it listens.
  std::string listen();
  void announce(const TransportAddress& address) const;
  native::HttpDocument counters_document();
  std::string counters_json();
  void write_turn_counters(json::Writer& out) const;

  GatewayOptions options_;
  native::SystemHost host_;
  std::unique_ptr<native::TlsTerminator> tls_;  // null: no certificate
  rooms::RefusalLog refusals_;
  AddressPolicy policy_;
  OwnAddressWatch own_addresses_;
  rooms::AccessControl access_control_;
  rooms::SignalService signal_;
  rooms::WhipService whip_;
  TunnelService tunnel_;
  std::optional<TurnService> turn_;
  native::HttpServer server_;
  bool draining_ = false;
};

}  // namespace floe::gateway
