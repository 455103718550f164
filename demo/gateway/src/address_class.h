// What an address is for, by the registries of special purposes (RFC 6890 and its neighbours).
#pragma once

#include <cstdint>
#include <string_view>

#include "floe/types/address.h"

namespace floe::gateway {

enum class AddressClass : std::uint8_t {
  global,    ///< a host on the Internet, or a test network that no registry reserves
  loopback,  ///< this machine
  special,   ///< private, link-local, multicast, reserved: not for strangers to send to
};

/// The IPv4 address inside an IPv6 address that only wraps one (RFC 4291 mapped and compatible,
/// RFC 6052), else the address itself. To be called once, before any rule looks at an address:
/// relays have been opened by spellings that a rule did not know.
IpAddress canonical(const IpAddress& ip);

/// Of a canonical address. Tunnels inside an address (6to4, Teredo, local NAT64) are special, as
/// it is not known where they lead.
AddressClass classify(const IpAddress& canonical_ip);

}  // namespace floe::gateway
