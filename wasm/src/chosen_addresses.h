// Some of a network's addresses, as the network that one agent sees.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "floe/api/network_monitor.h"
#include "floe/types/list.h"

namespace floe::wasm {

class ChosenAddresses final : public NetworkMonitor {
 public:
  /// None chosen: all of them. `all` must outlive this.
  ChosenAddresses(NetworkMonitor& all, List<IpAddress> chosen)
      : all_(all), chosen_(std::move(chosen)) {}

  std::optional<std::vector<InterfaceAddress>> addresses() const override {
    auto addresses = all_.addresses();
    if (!addresses || chosen_.empty()) return addresses;
    std::erase_if(*addresses, [this](const InterfaceAddress& address) {
      return std::ranges::find(chosen_, address.ip) == chosen_.end();
    });
    return addresses;
  }
  void add_listener(NetworkListener& listener) override { all_.add_listener(listener); }
  void remove_listener(NetworkListener& listener) override { all_.remove_listener(listener); }

 private:
  NetworkMonitor& all_;
  List<IpAddress> chosen_;
};

}  // namespace floe::wasm
