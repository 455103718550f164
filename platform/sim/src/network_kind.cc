#include "floe/sim/network_kind.h"

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
     .why = "an old router: ports for peers one after the other, and a lenient filter",
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
     .why = "a telephone: a carrier's impatient NAT, or NAT64 where there is no IPv4",
     .carrier = mobile_carrier(),
     .firewall = kByPort,
     .nat64 = true},
}};

/// Each run of other characters than letters and digits becomes one hyphen, but none at the ends.
std::string to_word(std::string_view text) {
  std::string word;
  for (const char c : text) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    if (is_capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      word += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!word.empty() && word.back() != '-') {
      word += '-';
    }
  }
  if (!word.empty() && word.back() == '-') word.pop_back();
  return word;
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

std::string word_of(const NetworkKind& kind) {
  return to_word(kind.name);
}

const NetworkKind* find_network_kind(std::string_view text) {
  const auto place =
      std::ranges::find(kKinds, to_word(text), [](const auto& kind) { return word_of(kind); });
  return place == kKinds.end() ? nullptr : &*place;
}

}  // namespace floe::sim
