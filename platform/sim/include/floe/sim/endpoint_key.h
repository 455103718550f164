// Addresses as a few integers: quick to compare, order and hash, the same on every machine.
#pragma once

#include <compare>
#include <cstdint>

#include "floe/types/address.h"

namespace floe::sim {

/// An IPv6 address as two numbers. An IPv4 address is the low half, and all bits of the high half
/// are ones: no IPv6 host has such an address, since ff00::/8 is multicast. The zone is left out,
/// because it has a meaning on its own host only.
struct AddressKey {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  static AddressKey of(const IpAddress& ip) {
    if (ip.is_ipv4()) return {~std::uint64_t{0}, load(ip.bytes())};
    return {load(ip.bytes().first(8)), load(ip.bytes().last(8))};
  }

  auto operator<=>(const AddressKey&) const = default;

 private:
  static std::uint64_t load(Bytes network_order) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : network_order) value = value << 8 | byte;
    return value;
  }
};

/// A transport address as integers, in the same way.
struct EndpointKey {
  AddressKey ip;
  std::uint16_t port = 0;

  static EndpointKey of(const TransportAddress& address) {
    return {AddressKey::of(address.ip), address.port};
  }

  auto operator<=>(const EndpointKey&) const = default;
};

}  // namespace floe::sim
