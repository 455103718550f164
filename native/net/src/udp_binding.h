// Opening and binding a UDP socket.
#pragma once

#include "floe/api/datagram_socket.h"
#include "floe/api/random.h"
#include "floe/native/udp_sockets.h"
#include "floe/native/unique_fd.h"
#include "floe/types/result.h"

namespace floe::native {

/// A non-blocking socket with the options that UdpSockets promises, bound as `request` says.
Result<UniqueFd, BindError> bind_udp(const BindRequest& request, const UdpOptions& options,
                                     RandomSource& random);

}  // namespace floe::native
