// A block of addresses: those that share their first bits (RFC 4632, RFC 4291 section 2.3).
#pragma once

#include <optional>
#include <string_view>

#include "floe/sim/endpoint_key.h"

namespace floe::sim {

class Prefix {
 public:
  /// `length` is cut to 32 or 128; bits of `ip` beyond it do not matter.
  Prefix(const IpAddress& ip, unsigned length);
  /// Every address of the family.
  static Prefix all(Family family) { return {IpAddress::any(family), 0}; }
  /// "192.168.1.0/24", "2001:db8::/32".
  static std::optional<Prefix> parse(std::string_view text);

  bool contains(const IpAddress& ip) const {
    const AddressKey key = AddressKey::of(ip);
    return ip.family() == ip_.family() &&
           (((key.high ^ key_.high) & mask_.high) | ((key.low ^ key_.low) & mask_.low)) == 0;
  }

  Family family() const { return ip_.family(); }
  unsigned length() const { return length_; }
  const IpAddress& ip() const { return ip_; }

 private:
  IpAddress ip_;
  unsigned length_;
  AddressKey key_;
  AddressKey mask_;
};

}  // namespace floe::sim
