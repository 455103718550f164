// Opening and binding a UDP socket.
#pragma once

#include "floe/api/datagram_socket.h"
#include "floe/api/random.h"
#include "floe/native/udp_sockets.h"
#include "floe/native/unique_fd.h"
#include "floe/types/result.h"

namespace floe::native {

/// A non-blocking socket with the options that UdpSockets promises, bound as `request` says.
Result<UniqueFd, BindError> bind_udp(const BindRequest& request, int receive_buffer_bytes,
                                     RandomSource& random, bool share_port = false);

/// SO_RCVBUF; the system bounds it.
void set_receive_buffer(int fd, int bytes);

/// Whether the kernel notes when a datagram came in; SO_TIMESTAMPNS is beside it then.
void stamp_arriving(int fd, bool on);

/// From now on datagrams of one size from one peer may arrive as one message, with UDP_GRO beside
/// it. False: this kernel cannot (before Linux 5.0).
bool join_arriving(int fd);

}  // namespace floe::native
