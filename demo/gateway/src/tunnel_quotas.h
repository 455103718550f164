// What the tunnels of a gateway may have together, of all its workers.
#pragma once

#include <string>

#include "floe/types/address.h"
#include "gateway_options.h"
#include "keyed_quota.h"
#include "quota.h"

namespace floe::gateway {

/// Several threads may use it, but reload() is for one of them.
struct TunnelQuotas {
  /// `options` are what the system's descriptors are enough for.
  explicit TunnelQuotas(const GatewayOptions& options)
      : sessions(options.sessions_max),
        network_sessions_max(options.admission.sessions_per_network_max),
        subject_sessions_max(options.admission.sessions_per_subject_max),
        sockets(options.sockets_max) {}

  /// What is in use beyond a lower limit stays.
  void reload(const GatewayOptions& options) {
    sessions.set_limit(options.sessions_max);
    sockets.set_limit(options.sockets_max);
  }

  Quota sessions;  ///< of those that have shown a token
  KeyedQuota<IpAddress> network_sessions;
  const std::size_t network_sessions_max;
  KeyedQuota<std::string> subject_sessions;
  const std::size_t subject_sessions_max;
  Quota sockets;  ///< UDP sockets and TCP connections
};

}  // namespace floe::gateway
