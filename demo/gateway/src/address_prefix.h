// A range of addresses that share their first bits, "10.0.0.0/8": what rules are made of.
#pragma once

#include <string>
#include <string_view>

#include "floe/types/result.h"
#include "wide_address.h"

namespace floe::gateway {

class AddressPrefix {
 public:
  /// "10.0.0.0/8", "2001:db8::/32", or one address. The error is a sentence: a rule that cannot be
  /// read must stop the gateway, since a rule that is skipped opens what it was to close.
  static Result<AddressPrefix, std::string> parse(std::string_view text);

  /// Two words under a mask. An IPv6 prefix has no IPv4 addresses, "::/0" neither.
  constexpr bool contains(const WideAddress& address) const {
    return ((address.high ^ start_.high) & mask_.high) == 0 &&
           ((address.low ^ start_.low) & mask_.low) == 0 && address.is_ipv4() == is_ipv4();
  }

  /// The length among the prefixes of its family.
  unsigned length() const { return is_ipv4() ? bits_ - kIpv4Offset : bits_; }
  const WideAddress& first() const { return start_; }
  WideAddress last() const { return {start_.high | ~mask_.high, start_.low | ~mask_.low}; }
  std::string to_text() const;

  bool operator==(const AddressPrefix&) const = default;

 private:
  static constexpr unsigned kIpv4Offset = 96;

  AddressPrefix(const WideAddress& start, unsigned bits);
  constexpr bool is_ipv4() const { return bits_ >= kIpv4Offset && start_.is_ipv4(); }

  WideAddress start_;
  WideAddress mask_;
  unsigned bits_;  // of 128
};

}  // namespace floe::gateway
