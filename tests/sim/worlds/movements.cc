#include "worlds/movements.h"

namespace floe::sim {

void Movements::add_bridges(SimHost& host, std::uint8_t count) {
  for (std::uint8_t i = 0; i < count; ++i) {
    const std::string name = "br" + std::to_string(i);
    const auto subnet = static_cast<std::uint8_t>(17 + i);
    Network& network = world_.add_network(host.name() + ' ' + name,
                                          {Prefix(IpAddress::v4(172, subnet, 0, 0), 16)});
    host.add_interface(name, network, {IpAddress::v4(172, subnet, 0, 1)});
  }
}

void Movements::move_ahead(SimHost& host, const Disturbance& move, std::uint8_t place) {
  std::vector<InterfacePlan>& interfaces = plan_.sides[move.side].interfaces;
  const std::string old = interfaces.front().name;
  interfaces.front() = interfaces[move.target];
  interfaces.front().name = "wlan" + std::to_string(new_interfaces_++);
  const InterfacePlan& added = interfaces.front();
  sites_[added.site]->attach(host, added.name, place, added.link);
  host.schedule(world_.now() + move.lasts, [&host, old] { host.remove_interface(old); });
}

void Movements::move_nat(const Disturbance& move) {
  Site& site = *sites_[plan_.sides[move.side].interfaces.front().site];
  NatBox* const nat = site.carrier_nat() != nullptr ? site.carrier_nat() : site.home_nat();
  if (nat == nullptr) return;
  // Sites leave the first nine addresses to their NATs.
  const auto old = nat->external().bytes();
  const auto next = static_cast<std::uint8_t>(old[3] % 9 + 1);
  nat->set_external(IpAddress::v4(old[0], old[1], old[2], next));
}

}  // namespace floe::sim
