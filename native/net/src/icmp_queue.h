// The ICMP errors that the kernel keeps for a UDP socket (ip(7), IP_RECVERR).
#pragma once

#include <optional>

#include "floe/native/udp_sockets.h"

namespace floe::native {

/// From now on the kernel keeps them. A call on the socket may then fail with an error of an
/// earlier datagram: see is_of_earlier_datagram().
void keep_icmp_errors(int fd, Family family);
/// The next one; nothing when there is none, or none that ICMP sent.
std::optional<IcmpError> take_icmp_error(int fd, bool& was_any);

/// Whether the error of a send may be that of an earlier datagram, which is reported once.
bool is_of_earlier_datagram(int error);

}  // namespace floe::native
