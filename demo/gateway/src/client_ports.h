// The ports that clients' sockets may have: those of the operator's range and no others.
//
// A client that could choose would take the place of a service of this machine, such as 443 or 53,
// and peers would take the client for it.
#pragma once

#include <algorithm>
#include <optional>

#include "floe/api/datagram_socket.h"
#include "port_range.h"

namespace floe::gateway {

/// `request` with the part of its ports that is in `range`; nothing if there is none.
inline std::optional<BindRequest> within(const BindRequest& request, const PortRange& range) {
  const bool any_port = request.port_max == 0;
  const std::uint16_t first = any_port ? range.first : std::max(request.port_min, range.first);
  const std::uint16_t last = any_port ? range.last : std::min(request.port_max, range.last);
  if (first > last) return std::nullopt;
  return BindRequest{request.ip, first, last};
}

}  // namespace floe::gateway
