// A gateway of the parts of floe-gateway, with somebody between them who changes what they carry.
#pragma once

#include <optional>
#include <string_view>

#include "address_policy.h"
#include "floe/native/http_server.h"
#include "floe/native/signal_watch.h"
#include "floe/native/system_host.h"
#include "floe/rooms/access_control.h"
#include "floe/rooms/refusal_log.h"
#include "floe/rooms/signal_service.h"
#include "gateway_options.h"
#include "tampering_rooms.h"
#include "tampering_sockets.h"
#include "tunnel_service.h"
#include "turn_service.h"

namespace floe::tampering {

/// At most one of the two is set.
struct Attack {
  std::optional<DatagramAttackKind> on_datagrams;
  std::optional<SignallingAttackKind> on_signalling;
};

/// "nothing" is no attack. Empty for a name that is not known.
std::optional<Attack> parse_attack(std::string_view name);

class TamperingGateway final : private native::SignalListener {
 public:
  TamperingGateway(const gateway::GatewayOptions& options, const Attack& attack);

  /// Runs until SIGINT or SIGTERM; returns the exit status.
  int run();

 private:
  void on_signal(int) override { host_.loop().stop(); }
  void announce(const TransportAddress& address) const;

  gateway::GatewayOptions options_;
  native::SystemHost host_;
  rooms::RefusalLog refusals_;
  gateway::AddressPolicy policy_;
  gateway::Shared shared_;
  native::Strangers strangers_;
  TamperingSockets sockets_;
  rooms::SignalService signal_;
  TamperingRooms rooms_;
  gateway::TunnelService tunnel_;
  std::optional<gateway::TurnService> turn_;
  native::HttpServer server_;
};

}  // namespace floe::tampering
