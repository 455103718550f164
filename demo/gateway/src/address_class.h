// The purpose of an address, by the registries of special-purpose addresses (RFC 6890 and others).
#pragma once

#include <cstdint>
#include <string_view>

#include "floe/types/address.h"

namespace floe::gateway {

enum class AddressClass : std::uint8_t {
  global,    ///< a host on the Internet, or a test network that no registry reserves
  loopback,  ///< this machine
  special,   ///< private, link-local, multicast, reserved: strangers must not send to it
};

/// The IPv4 address inside an IPv6 address that only wraps one (RFC 4291 mapped and compatible,
/// RFC 6052), else the address itself. Call it once, before any rule looks at an address: other
/// relays were open to attackers because of notations that a rule did not know.
IpAddress canonical(const IpAddress& ip);

/// The class of a canonical address. Addresses that contain a tunnel (6to4, Teredo, local NAT64)
/// are special, because it is not known where the tunnel leads.
AddressClass classify(const IpAddress& canonical_ip);

}  // namespace floe::gateway
