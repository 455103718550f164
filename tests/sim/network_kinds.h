// The kinds of networks that agents find themselves in, as one table, and how to build them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "floe/sim/world.h"

namespace floe::sim {

struct NetworkKind {
  std::string_view name;
  std::string_view why;  ///< where it is met
  /// IPv4: the router's NAT; without one hosts have public addresses.
  std::optional<Nat> home = {};
  /// IPv4: the provider's NAT above it, or the only one.
  std::optional<Nat> carrier = {};
  /// IPv6, and IPv4 where hosts have public addresses; without one there is none.
  std::optional<Firewall> firewall = {};
  /// Whether hosts without IPv4 reach it through a NAT64.
  bool nat64 = false;

  bool has_public_ipv4() const { return !home && !carrier; }
  bool is_open() const { return has_public_ipv4() && !firewall; }
  bool blocks_udp() const { return firewall && firewall->blocks_udp; }
};

inline constexpr std::size_t kNetworkKindCount = 12;
std::span<const NetworkKind, kNetworkKindCount> network_kinds();
/// There must be one of this name.
const NetworkKind& network_kind(std::string_view name);

enum class IpVersions : std::uint8_t { v4, v6, both };
std::string_view to_text(IpVersions versions);

/// One network of a kind, joined to the internet of a world.
///
/// All homes use the same private addresses, as homes do: that a peer's address means somebody else
/// here is part of what an agent has to cope with.
class Site {
 public:
  /// `number`, from 1 to 255, is the site's own: its public addresses are 198.18.<number>.0/24 and
  /// 2001:db8:<number>::/64.
  Site(World& world, const NetworkKind& kind, IpVersions versions, std::uint8_t number);

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
  Network* lan_ = nullptr;
  NatBox* home_nat_ = nullptr;
  NatBox* carrier_nat_ = nullptr;
  Nat64Box* nat64_ = nullptr;
  std::uint8_t host_count_ = 0;
};

}  // namespace floe::sim
