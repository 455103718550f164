#include "system_addresses.h"

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
  listeners_.notify();
}

}  // namespace floe::wasm
