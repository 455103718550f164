#include "floe/sim/site.h"

#include <array>

namespace floe::sim {
namespace {

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

Site::Site(World& world, const NetworkKind& kind, IpVersions versions, std::uint8_t number,
           const Link& uplink)
    : world_(world), kind_(kind), versions_(versions), number_(number), uplink_(uplink) {
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
    world_.add_firewall(name + " firewall", *lan_, world_.internet(), *kind_.firewall, Family::ipv4)
        .outside_link() = uplink_;
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
    carrier_nat_->outside_link() = uplink_;
    outside = carrier;
  }
  if (!kind_.home) return;
  home_nat_ = &world_.add_nat(name + " NAT", *lan_, *outside,
                              kind_.carrier ? kCarrierSide : public_ipv4(1), *kind_.home);
  home_nat_->outside_link() = uplink_;
}

void Site::build_ipv6(const std::string& name) {
  const Firewall firewall =
      kind_.firewall.value_or(Firewall::stateful(Dependence::endpoint_independent));
  world_.add_firewall(name + " firewall", *lan_, world_.internet(), firewall, Family::ipv6)
      .outside_link() = uplink_;
  if (!kind_.nat64 || versions_ != IpVersions::v6) return;
  nat64_ = &world_.add_nat64(name + " NAT64", *lan_, world_.internet(), public_ipv4(1),
                             kind_.carrier.value_or(Nat::port_restricted()));
  nat64_->outside_link() = uplink_;
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
