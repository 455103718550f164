// The parts of a tunnel that a leased socket, stream or lookup of it needs.
#pragma once

#include "floe/native/deferred.h"
#include "floe/tunnel/server/server_session.h"
#include "tunnel_resources.h"

namespace floe::gateway {

/// After each input of the session, call end_turn.request(): the output leaves at the end of the
/// pass.
struct Lease {
  Timestamp now() const { return resources.host.loop().now(); }

  TunnelResources& resources;
  tunnel::ServerSession& session;
  native::AskerId asker;  ///< of lookups
  native::Deferred& end_turn;
  const AuditLog::Session& audit_session;
  NamedServers& named_servers;  ///< those that the client's token names
};

}  // namespace floe::gateway
