// One network of a kind, joined to the internet of a world.
#pragma once

#include "floe/sim/network_kind.h"
#include "floe/sim/world.h"

namespace floe::sim {

enum class IpVersions : std::uint8_t { v4, v6, both };
std::string_view to_text(IpVersions versions);

/// All homes use the same private addresses, as homes do: that a peer's address means somebody else
/// here is part of what an agent has to cope with.
class Site {
 public:
  /// `number`, from 1 to 255, is the site's own: site 7 has the public addresses 198.18.7.0/24
  /// and 2001:db8:7::/64. `uplink` is the link of each of its boxes to the outside; an open site
  /// has no box. `world` and `kind` must outlive the site, and `world` owns what the site builds.
  Site(World& world, const NetworkKind& kind, IpVersions versions, std::uint8_t number,
       const Link& uplink = {});

  /// Up to 200.
  SimHost& add_host(std::string name, const Link& link = {});
  /// A host that is on other networks, too, joins this one. `place` is from 0 to 199 and nobody
  /// else's here.
  void attach(SimHost& host, std::string interface, std::uint8_t place, const Link& link = {});
  /// Of the host at `place`, the preferred one first.
  std::vector<IpAddress> addresses(std::uint8_t place) const;

  NatBox* home_nat() { return home_nat_; }  ///< nullptr: the kind has none
  NatBox* carrier_nat() { return carrier_nat_; }
  Nat64Box* nat64() { return nat64_; }

 private:
  void build_ipv4(const std::string& name);
  void build_ipv6(const std::string& name);
  IpAddress public_ipv4(std::uint8_t host) const { return IpAddress::v4(198, 18, number_, host); }

  World& world_;
  const NetworkKind& kind_;
  IpVersions versions_;
  std::uint8_t number_;
  Link uplink_;
  Network* lan_ = nullptr;
  NatBox* home_nat_ = nullptr;
  NatBox* carrier_nat_ = nullptr;
  Nat64Box* nat64_ = nullptr;
  std::uint8_t host_count_ = 0;
};

}  // namespace floe::sim
