// What a leased socket, stream or lookup needs of the tunnel that it belongs to.
#pragma once

#include "floe/native/deferred.h"
#include "floe/tunnel/server/server_session.h"
#include "tunnel_resources.h"

namespace floe::gateway {

/// An input of the session is followed by end_turn.request(): its output leaves at the end of the
/// pass.
struct Lease {
  Timestamp now() const { return resources.host.loop().now(); }

  TunnelResources& resources;
  tunnel::ServerSession& session;
  native::Deferred& end_turn;
};

}  // namespace floe::gateway
