// The sockets of a gateway for an agent that runs here: the native version of what a page does.
#pragma once

#include <string>

#include "floe/native/deferred.h"
#include "floe/native/system_host.h"
#include "floe/tunnel/client/client.h"

namespace floe::native {

/// A host that takes its sockets, addresses and name lookups from a gateway, and the rest from the
/// system.
class GatewayHost final : private tunnel::ClientListener, private TimerListener {
 public:
  /// `system` must outlive this object. `url` is ws(s)://HOST/tunnel.
  GatewayHost(SystemHost& system, std::string url, std::string_view token);

  /// The interfaces that an agent's driver uses.
  Host api();

 private:
  void on_flush_wanted() override { turn_.request(); }
  void on_closed(const tunnel::ClientClosed& closed) override;
  void handle_timeout(Timestamp now) override;
  void end_turn();

  SystemHost& system_;
  std::unique_ptr<Timer> timer_;
  DeferredCall<GatewayHost, &GatewayHost::end_turn> turn_;
  tunnel::Client client_;
};

}  // namespace floe::native
