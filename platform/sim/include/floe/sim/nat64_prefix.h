// IPv4 addresses inside IPv6 ones (RFC 6052).
#pragma once

#include <optional>

#include "floe/sim/prefix.h"

namespace floe::sim {

class Nat64Prefix {
 public:
  /// RFC 6052, section 2.1: the "Well-Known Prefix" 64:ff9b::/96.
  Nat64Prefix();
  /// Empty unless the length of `prefix` is 32, 40, 48, 56, 64 or 96 (section 2.2).
  static std::optional<Nat64Prefix> of(const Prefix& prefix);

  const Prefix& prefix() const { return prefix_; }
  IpAddress embed(const IpAddress& ipv4) const;
  /// `ip` must be of the prefix.
  IpAddress extract(const IpAddress& ip) const;

 private:
  explicit Nat64Prefix(const Prefix& prefix) : prefix_(prefix) {}

  Prefix prefix_;
};

}  // namespace floe::sim
