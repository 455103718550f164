// The kinds of networks that hosts find themselves in, as one table. A Site builds one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "floe/sim/firewall.h"
#include "floe/sim/nat.h"

namespace floe::sim {

/// A program may make kinds of its own.
struct NetworkKind {
  std::string_view name = {};
  std::string_view why = {};  ///< where it is met
  /// IPv4: the router's NAT; without one hosts have public addresses.
  std::optional<Nat> home = {};
  /// IPv4: the provider's NAT above it, or the only one.
  std::optional<Nat> carrier = {};
  /// IPv6, and IPv4 where hosts have public addresses. Without one IPv4 is open, and IPv6 beside a
  /// NAT has a firewall that lets everybody in to a port that has been used.
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
/// The name as one word of small letters, for command lines and files: "symmetric-sequential".
std::string word_of(const NetworkKind& kind);
/// Takes a name or its word, in small letters or capitals; nullptr: there is no such kind.
const NetworkKind* find_network_kind(std::string_view text);

}  // namespace floe::sim
