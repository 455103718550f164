// What carries the datagrams of clients, for one worker: tunnels, TURN, and the policy of both.
//
// All of it lives in the loop of one thread. What carriers share is in Shared.
#pragma once

#include <optional>
#include <string>

#include "address_policy.h"
#include "floe/native/strangers.h"
#include "floe/native/system_host.h"
#include "floe/native/tls_terminator.h"
#include "floe/rooms/refusal_log.h"
#include "gateway_options.h"
#include "shared.h"
#include "tunnel_service.h"
#include "turn_service.h"
#include "worker_counters.h"

namespace floe::gateway {

class Carrier {
 public:
  struct Setup {
    native::SystemHost& host;
    GatewayOptions options;  ///< the limits are this carrier's
    Shared& shared;
    LogSink& log;
    native::TlsTerminator* tls = nullptr;  ///< of TURN; null: without
  };

  /// All in `setup` must outlive it.
  explicit Carrier(const Setup& setup);
  Carrier(const Carrier&) = delete;
  Carrier& operator=(const Carrier&) = delete;

  /// Begins to serve TURN. Returns a mistake; empty: it serves, or has nothing to.
  std::string listen();
  void reload(const GatewayOptions& options);
  /// Takes nobody new, and tells clients to come back within `spread`.
  void drain(Duration spread);
  WorkerCounters counters() const;

  rooms::RefusalLog& refusals() { return refusals_; }
  AddressPolicy& policy() { return policy_; }
  native::Strangers& strangers() { return strangers_; }
  TunnelService& tunnel() { return tunnel_; }
  const TunnelService& tunnel() const { return tunnel_; }
  const std::optional<TurnService>& turn() const { return turn_; }

 private:
  native::SystemHost& host_;
  rooms::RefusalLog refusals_;
  AddressPolicy policy_;
  native::Strangers strangers_;
  TunnelService tunnel_;
  std::optional<TurnService> turn_;
};

}  // namespace floe::gateway
