#include "network_kinds.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace floe::sim {
namespace {

constexpr Firewall kOpenToAll = Firewall::stateful(Dependence::endpoint_independent);
constexpr Firewall kByAddress = Firewall::stateful(Dependence::address_dependent);
constexpr Firewall kByPort = Firewall::stateful(Dependence::address_and_port_dependent);

constexpr Nat address_restricted_sequential() {
  Nat nat = Nat::symmetric_sequential();
  nat.filtering = Dependence::address_dependent;
  return nat;
}

/// Providers of mobile access are short of ports and give them back quickly.
constexpr Nat mobile_carrier() {
  Nat nat = Nat::port_restricted();
  nat.lifetime = 30s;
  return nat;
}

constexpr std::array<NetworkKind, kNetworkKindCount> kKinds{{
    {.name = "open", .why = "a server with public addresses and nothing in between"},
    {.name = "full cone",
     .why = "the friendliest home router: whoever knows a mapping may use it",
     .home = Nat::full_cone(),
     .firewall = kOpenToAll},
    {.name = "full cone, hairpin",
     .why = "the same, and two hosts at home may meet at their public addresses",
     .home = Nat::full_cone().with_hairpin(),
     .firewall = kOpenToAll},
    {.name = "address-restricted",
     .why = "a router that lets a host answer from any of its ports",
     .home = Nat::address_restricted(),
     .firewall = kByAddress},
    {.name = "port-restricted",
     .why = "the most common home router: Linux with its port kept",
     .home = Nat::port_restricted(),
     .firewall = kByPort},
    {.name = "symmetric",
     .why = "a company's router: a port for each peer that nobody can guess",
     .home = Nat::symmetric(),
     .firewall = kByPort},
    {.name = "symmetric, sequential",
     .why = "an old router: a port for each peer, one after the other, and a lenient filter",
     .home = address_restricted_sequential(),
     .firewall = kByAddress},
    {.name = "double",
     .why = "a home router behind a carrier-grade NAT that keeps RFC 6888",
     .home = Nat::port_restricted(),
     .carrier = Nat::full_cone().with_hairpin(),
     .firewall = kByPort},
    {.name = "double, symmetric",
     .why = "a hotel's router behind its provider's: the worse of two decides",
     .home = Nat::symmetric(),
     .carrier = Nat::port_restricted(),
     .firewall = kByPort},
    {.name = "firewall",
     .why = "a campus: public addresses behind a stateful firewall",
     .firewall = kByPort},
    {.name = "UDP blocked",
     .why = "a bank: no UDP at all, so only a relay over TCP helps",
     .firewall = Firewall::udp_blocked()},
    {.name = "mobile",
     .why = "a telephone: IPv4 through a carrier's impatient NAT, or NAT64 where there is none",
     .carrier = mobile_carrier(),
     .firewall = kByPort,
     .nat64 = true},
}};

constexpr std::uint8_t kFirstHost = 10;
constexpr IpAddress kCarrierSide = IpAddress::v4(100, 64, 0, 2);

IpAddress private_ipv4(std::uint8_t host) {
  return IpAddress::v4(192, 168, 1, host);
}

IpAddress carrier_ipv4(std::uint8_t host) {
  return IpAddress::v4(100, 64, 0, host);
}

IpAddress public_ipv6(std::uint8_t site, std::uint8_t host) {
  const std::array<std::uint8_t, 16> bytes{0x20, 0x01, 0x0d, 0xb8, 0, site, 0, 0,
                                           0,    0,    0,    0,    0, 0,    0, host};
  return *IpAddress::from_bytes(bytes);
}

}  // namespace

std::span<const NetworkKind, kNetworkKindCount> network_kinds() {
  return kKinds;
}

const NetworkKind& network_kind(std::string_view name) {
  const auto place = std::ranges::find(kKinds, name, &NetworkKind::name);
  assert(place != kKinds.end());
  return *place;
}

std::string_view to_text(IpVersions versions) {
  switch (versions) {
    case IpVersions::v4:
      return "IPv4";
    case IpVersions::v6:
      return "IPv6";
    case IpVersions::both:
      return "both";
  }
  return "?";
}

Site::Site(World& world, const NetworkKind& kind, IpVersions versions, std::uint8_t number)
    : world_(world), kind_(kind), versions_(versions), number_(number) {
  if (kind.is_open()) {
    lan_ = &world.internet();
    return;
  }
  const std::string name = "site " + std::to_string(number);
  std::vector<Prefix> prefixes;
  if (versions != IpVersions::v6) {
    const IpAddress ip = kind.has_public_ipv4() ? public_ipv4(0)
                         : kind.home            ? private_ipv4(0)
                                                : carrier_ipv4(0);
    prefixes.emplace_back(ip, 24);
  }
  if (versions != IpVersions::v4) prefixes.emplace_back(public_ipv6(number, 0), 64);
  lan_ = &world.add_network(name, prefixes);
  if (versions != IpVersions::v6) build_ipv4(name);
  if (versions != IpVersions::v4) build_ipv6(name);
}

void Site::build_ipv4(const std::string& name) {
  if (kind_.has_public_ipv4()) {
    world_.add_firewall(name + " firewall", *lan_, world_.internet(), *kind_.firewall,
                        Family::ipv4);
    return;
  }
  Network* outside = &world_.internet();
  if (kind_.carrier) {
    Network* carrier = lan_;
    if (kind_.home) {
      carrier = &world_.add_network(name + " carrier", {Prefix(carrier_ipv4(0), 24)});
    }
    carrier_nat_ = &world_.add_nat(name + " carrier NAT", *carrier, world_.internet(),
                                   public_ipv4(1), *kind_.carrier);
    outside = carrier;
  }
  if (!kind_.home) return;
  home_nat_ = &world_.add_nat(name + " NAT", *lan_, *outside,
                              kind_.carrier ? kCarrierSide : public_ipv4(1), *kind_.home);
}

void Site::build_ipv6(const std::string& name) {
  world_.add_firewall(name + " firewall", *lan_, world_.internet(), *kind_.firewall, Family::ipv6);
  if (!kind_.nat64 || versions_ != IpVersions::v6) return;
  nat64_ = &world_.add_nat64(name + " NAT64", *lan_, world_.internet(), public_ipv4(1),
                             kind_.carrier.value_or(Nat::port_restricted()));
}

SimHost& Site::add_host(std::string name, const Link& link) {
  SimHost& host = world_.add_host(std::move(name));
  attach(host, "eth0", host_count_++, link);
  return host;
}

void Site::attach(SimHost& host, std::string interface, std::uint8_t place, const Link& link) {
  host.add_interface(std::move(interface), *lan_, addresses(place), link);
}

std::vector<IpAddress> Site::addresses(std::uint8_t place) const {
  const auto host = static_cast<std::uint8_t>(kFirstHost + place);
  std::vector<IpAddress> addresses;
  if (versions_ != IpVersions::v4) addresses.push_back(public_ipv6(number_, host));
  if (versions_ != IpVersions::v6) {
    addresses.push_back(kind_.has_public_ipv4() ? public_ipv4(host)
                        : kind_.home            ? private_ipv4(host)
                                                : carrier_ipv4(host));
  }
  return addresses;
}

}  // namespace floe::sim
