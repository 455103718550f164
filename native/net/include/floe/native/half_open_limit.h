// How many connections one address may hold open before it has shown a token or sent a request.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>

#include "floe/types/address.h"

namespace floe::native {

/// Counts by IPv4 address or by IPv6 /64, the smallest block that a network gives to one customer.
/// It holds no more entries than there are connections.
class HalfOpenLimit {
 public:
  explicit HalfOpenLimit(std::size_t maximum) : maximum_(maximum) {}

  /// False when the address has reached the limit; the connection is then not counted.
  bool enter(const IpAddress& ip) {
    std::size_t& count = counts_[network_of(ip)];
    if (count >= maximum_) return false;
    ++count;
    return true;
  }
  void leave(const IpAddress& ip) {
    const auto entry = counts_.find(network_of(ip));
    if (entry != counts_.end() && --entry->second == 0) counts_.erase(entry);
  }

 private:
  static IpAddress network_of(const IpAddress& ip) {
    if (ip.is_ipv4()) return ip;
    std::array<std::uint8_t, 16> bytes{};
    std::copy_n(ip.bytes().begin(), 8, bytes.begin());
    return IpAddress::from_bytes(bytes).value_or(ip);
  }

  std::size_t maximum_;
  std::map<IpAddress, std::size_t> counts_;
};

}  // namespace floe::native
