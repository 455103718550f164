// A host provides the addresses that sockets can be bound to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "floe/types/address.h"

namespace floe {

struct InterfaceAddress {
  IpAddress ip;
  std::string interface_name;  ///< "eth0"; through a gateway, the name that the gateway gives it
  /// The interface is a tunnel, such as a VPN: used when nothing better works.
  bool is_tunnel = false;
};

class NetworkListener {
 public:
  /// The addresses became known or changed; ask for them again.
  virtual void on_network_changed() = 0;

 protected:
  ~NetworkListener() = default;
};

class NetworkMonitor {
 public:
  virtual ~NetworkMonitor() = default;
  /// In the host's order of preference. Empty optional: not known yet, on_network_changed() will
  /// follow.
  virtual std::optional<std::vector<InterfaceAddress>> addresses() const = 0;
  /// The address at which programs on this host meet each other. Empty: none may be used, for
  /// example because the user has named the addresses to use.
  virtual std::optional<IpAddress> loopback() const { return std::nullopt; }
  virtual void add_listener(NetworkListener& listener) = 0;
  virtual void remove_listener(NetworkListener& listener) = 0;
};

}  // namespace floe
