#include "port_rules.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace floe::gateway {
namespace {

constexpr std::uint16_t kFirstUnprivilegedPort = 1024;
constexpr std::uint16_t kHttpsPort = 443;
// Reflectors above port 1023: SSDP, WS-Discovery, multicast DNS, memcached, games. NAT-PMP and PCP
// (5351) would open the router of the gateway's own network.
constexpr std::array<std::uint16_t, 6> kServicePorts{1900, 3702, 5351, 5353, 11211, 27015};

bool is_open_by_default(std::uint16_t port) {
  if (port < kFirstUnprivilegedPort) return port == kHttpsPort;
  return std::ranges::find(kServicePorts, port) == kServicePorts.end();
}

}  // namespace

PortRules::PortRules(std::vector<PortRule> configured) : configured_(std::move(configured)) {
  std::ranges::stable_sort(configured_, {}, [](const PortRule& rule) {
    return std::tuple(rule.ports.size(), rule.allows);
  });
}

bool PortRules::opens(std::uint16_t port) const {
  if (port == 0) return false;
  const auto rule = std::ranges::find_if(
      configured_, [port](const PortRule& one) { return one.ports.contains(port); });
  return rule == configured_.end() ? is_open_by_default(port) : rule->allows;
}

std::vector<std::string> PortRules::to_lines() const {
  std::vector<std::string> lines;
  for (const PortRule& rule : configured_) {
    lines.push_back((rule.allows ? "open port " : "closed port ") + rule.ports.to_text());
  }
  std::string services;
  for (const std::uint16_t port : kServicePorts) services += " " + std::to_string(port);
  lines.push_back("closed ports 1-442 444-1023" + services);
  lines.emplace_back("open all other ports");
  return lines;
}

}  // namespace floe::gateway
