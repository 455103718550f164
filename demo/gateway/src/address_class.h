// The purpose of an address, by the registries of special-purpose addresses (RFC 6890 and others).
// It is the lowest layer of the policy: any rule of the operator goes before it.
#pragma once

#include <cstdint>
#include <string>

#include "wide_address.h"

namespace floe::gateway {

enum class AddressClass : std::uint8_t {
  global,           ///< a host on the Internet
  loopback,         ///< this machine
  private_network,  ///< the network of an organisation or of a provider
  special,          ///< link-local, metadata of a cloud, reserved, for documents: closed
  nowhere,          ///< multicast, broadcast, unspecified: closed whatever is configured
};

/// That of the longest prefix in the table. What an address carries does not count here.
AddressClass classify(const WideAddress& address);

/// The prefixes of a class as one text, for people to read.
std::string prefixes_of(AddressClass address_class);

}  // namespace floe::gateway
