// The two addresses between which the answer to a Binding request goes (RFC 5780, section 6.1).
#pragma once

#include "floe/stun/binding_server.h"

namespace floe::stun {

struct BindingPath {
  TransportAddress from;
  TransportAddress to;
  std::optional<TransportAddress> other;  ///< OTHER-ADDRESS: always both address and port changed
};

/// "Ca:Cp", for a request that came to `local`; none when `local` is not one of the
/// DiscoveryAddresses.
std::optional<TransportAddress> other_of(const std::optional<DiscoveryAddresses>& discovery,
                                         const TransportAddress& local);

/// The path that the request asks for, or the error code to refuse it by.
Result<BindingPath, std::uint16_t> path_of(const MessageView& message, const Arrival& request,
                                           const std::optional<TransportAddress>& other);

}  // namespace floe::stun
