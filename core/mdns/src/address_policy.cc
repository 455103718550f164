#include "address_policy.h"

#include <algorithm>

namespace floe::mdns {
namespace {

bool is_private(const IpAddress& address) {
  const Bytes bytes = address.bytes();
  if (!address.is_ipv4()) return (bytes[0] & 0xfe) == 0xfc;
  return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] / 16 == 1) ||
         (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 100 && bytes[1] / 64 == 1);
}

bool is_broadcast(const IpAddress& address) {
  return address.is_ipv4() &&
         std::ranges::all_of(address.bytes(), [](std::uint8_t byte) { return byte == 0xff; });
}

bool is_in_network_of(const IpAddress& own, const IpAddress& address) {
  if (own.family() != address.family()) return false;
  const std::size_t size = own.is_ipv4() ? 3 : 8;
  return equal(own.bytes().first(size), address.bytes().first(size));
}

}  // namespace

bool is_plausible(const IpAddress& address, const IpAddress& from, std::span<const IpAddress> own) {
  if (address.is_any() || address.is_multicast() || address.is_v4_mapped()) return false;
  if (is_broadcast(address)) return false;
  if (address.is_loopback()) return from.is_loopback();
  if (address.is_link_local() || is_private(address)) return true;
  return std::ranges::any_of(own,
                             [&](const IpAddress& one) { return is_in_network_of(one, address); });
}

}  // namespace floe::mdns
