// Which addresses an agent should bind to, from the addresses of the host.
#pragma once

#include <optional>
#include <vector>

#include "floe/api/network_monitor.h"
#include "floe/driver/gather_options.h"
#include "floe/ice/agent_config.h"
#include "floe/types/list.h"

namespace floe {

/// The addresses to bind to, best first: those that the options accept, in the order of RFC 8421,
/// and the host's loopback address where they ask for it.
List<IpAddress> addresses_to_bind(const std::vector<InterfaceAddress>& addresses,
                                  const GatherOptions& options,
                                  ice::Implementation implementation = ice::Implementation::full,
                                  const std::optional<IpAddress>& loopback = std::nullopt);

/// The mapping that is configured for `ip`, if any.
const ExternalAddress* external_address_of(const IpAddress& ip, const GatherOptions& options);

}  // namespace floe
