#include "system_addresses.h"

#include <algorithm>
#include <string>

namespace floe::wasm {

void SystemAddresses::on_addresses(CommandReader& in) {
  std::vector<InterfaceAddress> list;
  for (std::uint16_t count = in.u16(); count > 0 && in.ok(); --count) {
    const auto ip = IpAddress::parse(in.text());
    const std::string name(in.text());
    const bool is_tunnel = in.flag();
    if (ip) list.push_back({*ip, name, is_tunnel});
  }
  loopback_ = IpAddress::parse(in.text());
  addresses_ = std::move(list);
  tell();
}

void SystemAddresses::tell() {
  is_telling_ = true;
  for (std::size_t i = 0; i < listeners_.size(); ++i) {
    if (listeners_[i] != nullptr) listeners_[i]->on_network_changed();
  }
  is_telling_ = false;
  std::erase(listeners_, nullptr);
}

void SystemAddresses::remove_listener(NetworkListener& listener) {
  if (!is_telling_) {
    std::erase(listeners_, &listener);
    return;
  }
  std::ranges::replace(listeners_, &listener, static_cast<NetworkListener*>(nullptr));
}

}  // namespace floe::wasm
