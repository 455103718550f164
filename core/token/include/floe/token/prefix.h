// A block of addresses in CIDR notation: "198.51.100.0/24", "2001:db8::/32".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "floe/types/address.h"

namespace floe::token {

struct Prefix {
  IpAddress ip;
  std::uint8_t length = 0;  ///< bits of `ip` that count

  /// Empty also when a bit beyond the length is set: it would be unclear what was meant. An address
  /// without a length is a block of one.
  static std::optional<Prefix> parse(std::string_view text);
  std::string to_text() const;
  /// An address of the other family is never in it: make IPv4-mapped addresses canonical before.
  bool contains(const IpAddress& other) const;
  bool operator==(const Prefix&) const = default;
};

}  // namespace floe::token
