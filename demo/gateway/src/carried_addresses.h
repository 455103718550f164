// IPv6 addresses that carry an IPv4 address, which is where their packets end up.
//
// Such an address is judged by what it is and by what it carries, and the stricter verdict counts:
// taking the IPv4 address alone would open fd00::5efe:8.8.8.8, a private address.
#pragma once

#include <vector>

#include "address_prefix.h"

namespace floe::gateway {

class CarriedAddresses {
 public:
  /// `nat64` are the operator's own translation prefixes (RFC 6052), besides the well-known ones.
  explicit CarriedAddresses(std::vector<AddressPrefix> nat64 = {}) : nat64_(std::move(nat64)) {}

  /// RFC 6052, section 2.2: "the prefix length MUST be ... 32, 40, 48, 56, 64, or 96".
  static bool is_nat64_length(unsigned bits) {
    return bits == 96 || (bits >= 32 && bits <= 64 && bits % 8 == 0);
  }

  /// The IPv4 addresses in `address`, none for most. Mapped addresses carry nothing: as a
  /// WideAddress they are IPv4.
  std::vector<WideAddress> of(const WideAddress& address) const;

 private:
  std::vector<AddressPrefix> nat64_;
};

}  // namespace floe::gateway
