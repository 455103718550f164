// The gateway's addresses, as the network that a client's sockets are in.
#pragma once

#include <optional>
#include <vector>

#include "floe/api/network_listeners.h"

namespace floe::tunnel {

class GatewayNetwork final : public NetworkMonitor {
 public:
  /// Replaces the addresses. The listeners are told by notify().
  void set(std::vector<InterfaceAddress> addresses) { addresses_ = std::move(addresses); }
  /// Calls the listeners. A listener may add and remove listeners, but not destroy this object.
  void notify() { listeners_.notify(); }

  std::optional<std::vector<InterfaceAddress>> addresses() const override { return addresses_; }
  void add_listener(NetworkListener& listener) override { listeners_.add(listener); }
  void remove_listener(NetworkListener& listener) override { listeners_.remove(listener); }

 private:
  std::optional<std::vector<InterfaceAddress>> addresses_;
  NetworkListeners listeners_;
};

}  // namespace floe::tunnel
