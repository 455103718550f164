// The addresses of the system's interfaces, as JavaScript tells them.
#pragma once

#include <vector>

#include "command_reader.h"
#include "floe/api/network_listeners.h"

namespace floe::wasm {

class SystemAddresses final : public NetworkMonitor {
 public:
  /// Takes the whole list; listeners hear of it.
  void on_addresses(CommandReader& in);

  /// Not known until JavaScript has told them for the first time.
  std::optional<std::vector<InterfaceAddress>> addresses() const override { return addresses_; }
  std::optional<IpAddress> loopback() const override { return loopback_; }
  void add_listener(NetworkListener& listener) override { listeners_.add(listener); }
  void remove_listener(NetworkListener& listener) override { listeners_.remove(listener); }

 private:
  std::optional<std::vector<InterfaceAddress>> addresses_;
  std::optional<IpAddress> loopback_;
  NetworkListeners listeners_;
};

}  // namespace floe::wasm
