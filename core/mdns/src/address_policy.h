// Which addresses a name of multicast DNS may have.
//
// Anybody in the network may answer a query, so an answer must not make an agent send to just any
// host: the address must be of a kind that a neighbour can have.
#pragma once

#include <span>

#include "floe/types/address.h"

namespace floe::mdns {

/// True for private (RFC 1918, RFC 6598, RFC 4193) and link-local addresses, for loopback when the
/// answer came from loopback, and for others in the network of one of `own`: the same 24 bits of
/// IPv4, the same 64 of IPv6.
bool is_plausible(const IpAddress& address, const IpAddress& from, std::span<const IpAddress> own);

}  // namespace floe::mdns
