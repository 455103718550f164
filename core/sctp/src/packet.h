// The common header of SCTP (RFC 9260, section 3.1), as far as it tells packets from other
// datagrams.
#pragma once

#include "floe/sctp/options.h"
#include "floe/types/bytes.h"

namespace floe::sctp {

/// From the peer's port to ours, with the right checksum.
bool is_packet(const Options& options, Bytes datagram);
/// Writes the checksum into a packet that has none.
void write_checksum(MutableBytes packet);
/// Appends the chunks of `next`, to the same peer, to a packet that is nothing but a COOKIE ACK.
/// False: `packet` is another one, or there is no room.
bool join_cookie_ack(ByteVector& packet, Bytes next, std::size_t size_max);

}  // namespace floe::sctp
