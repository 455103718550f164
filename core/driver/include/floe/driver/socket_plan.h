// Which addresses an agent should bind to, from the addresses of the host.
#pragma once

#include <vector>

#include "floe/api/network_monitor.h"
#include "floe/driver/gather_options.h"
#include "floe/ice/agent_config.h"
#include "floe/types/list.h"

namespace floe {

/// The addresses to bind to, best first: those that the options accept, in the order of RFC 8421.
List<IpAddress> addresses_to_bind(const std::vector<InterfaceAddress>& addresses,
                                  const GatherOptions& options,
                                  ice::Implementation implementation = ice::Implementation::full);

/// The mapping that is configured for `ip`, if any.
const ExternalAddress* external_address_of(const IpAddress& ip, const GatherOptions& options);

}  // namespace floe
