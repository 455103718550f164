#include "floe/sim/nat64_prefix.h"

#include <algorithm>
#include <array>

namespace floe::sim {
namespace {

/// The place of byte `index` of the IPv4 address. RFC 6052, section 2.2: "Bits 64 to 71 of the
/// address are reserved", so the IPv4 address leaves that byte out.
std::size_t place_of(std::size_t index, unsigned prefix_length) {
  const std::size_t place = prefix_length / 8 + index;
  return prefix_length < 96 && place >= 8 ? place + 1 : place;
}

}  // namespace

Nat64Prefix::Nat64Prefix() : prefix_(*Prefix::parse("64:ff9b::/96")) {}

std::optional<Nat64Prefix> Nat64Prefix::of(const Prefix& prefix) {
  constexpr std::array<unsigned, 6> kLengths{32, 40, 48, 56, 64, 96};
  const bool is_allowed =
      prefix.family() == Family::ipv6 && std::ranges::count(kLengths, prefix.length()) == 1;
  if (!is_allowed) return std::nullopt;
  return Nat64Prefix(prefix);
}

IpAddress Nat64Prefix::embed(const IpAddress& ipv4) const {
  std::array<std::uint8_t, 16> bytes{};
  std::copy_n(prefix_.ip().bytes().begin(), prefix_.length() / 8, bytes.begin());
  for (std::size_t i = 0; i < 4; ++i) bytes[place_of(i, prefix_.length())] = ipv4.bytes()[i];
  return *IpAddress::from_bytes(bytes);
}

IpAddress Nat64Prefix::extract(const IpAddress& ip) const {
  std::array<std::uint8_t, 4> bytes;
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = ip.bytes()[place_of(i, prefix_.length())];
  return *IpAddress::from_bytes(bytes);
}

}  // namespace floe::sim
