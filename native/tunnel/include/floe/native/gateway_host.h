// The sockets of a gateway for an agent that runs here: the native version of what a page does.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "floe/native/deferred.h"
#include "floe/native/system_host.h"
#include "floe/tunnel/client/client.h"

namespace floe::native {

/// The connection to a gateway could not be made, or has ended. It is not made again.
struct GatewayLost {
  std::string_view code;  ///< of js/ERRORS.md: "gateway-unreachable", "unauthorized" and so on
  std::string_view text;  ///< a sentence or two: what happened, why, and what to do
};

/// A host that takes its sockets, addresses and name lookups from a gateway, and the rest from the
/// system.
class GatewayHost final : private tunnel::ClientListener, private TimerListener {
 public:
  /// `system` must outlive this object. `url` is ws(s)://HOST/tunnel.
  GatewayHost(SystemHost& system, std::string url, std::string_view token);

  /// From now on this host has no sockets. Default: the text is logged.
  std::function<void(const GatewayLost& lost)> on_lost;

  /// The interfaces that an agent's driver uses.
  Host api();

 private:
  void on_flush_wanted() override { turn_.request(); }
  void on_closed(const tunnel::ClientClosed& closed) override;
  void handle_timeout(Timestamp now) override;
  void end_turn();
  void tell(std::string_view code, const std::string& text);

  SystemHost& system_;
  std::string url_;
  std::unique_ptr<Timer> timer_;
  DeferredCall<GatewayHost, &GatewayHost::end_turn> turn_;
  tunnel::Client client_;
};

}  // namespace floe::native
