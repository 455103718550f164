// An IP address in the one form in which the policy compares addresses.
//
// Other relays were opened by attackers five times in a row with notations that a rule did not
// know. Here every address becomes one number of 128 bits before any rule sees it: an IPv4 address
// is its IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2), however it was written.
#pragma once

#include <compare>
#include <cstdint>

#include "floe/types/address.h"

namespace floe::gateway {

struct WideAddress {
  constexpr WideAddress() = default;  ///< ::
  constexpr WideAddress(std::uint64_t of_high, std::uint64_t of_low) : high(of_high), low(of_low) {}
  /// The zone is left out: it only chooses an interface.
  explicit WideAddress(const IpAddress& ip);
  static constexpr WideAddress v4(std::uint32_t host_order) {
    return {0, kMappedPrefix << 32 | host_order};
  }

  constexpr bool is_ipv4() const { return high == 0 && low >> 32 == kMappedPrefix; }
  /// An IPv4 address again where it is one.
  IpAddress to_ip() const;

  constexpr auto operator<=>(const WideAddress&) const = default;

  std::uint64_t high = 0;
  std::uint64_t low = 0;

 private:
  static constexpr std::uint64_t kMappedPrefix = 0xffff;
};

}  // namespace floe::gateway
