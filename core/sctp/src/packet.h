// The common header of SCTP (RFC 9260, section 3.1), as far as it tells packets from other
// datagrams.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/sctp/options.h"
#include "floe/types/bytes.h"

namespace floe::sctp {

/// From the peer's port to ours, with the right checksum.
bool is_packet(const Options& options, Bytes datagram);
/// Writes the checksum into a packet that has none.
void write_checksum(MutableBytes packet);

/// RFC 9260, section 3.2: the chunks that are told apart here.
enum class ChunkType : std::uint8_t { data = 0, init = 1, cookie_echo = 10, cookie_ack = 11 };
/// Of the first chunk; empty without one.
std::optional<ChunkType> first_chunk(Bytes packet);
/// Puts a COOKIE ACK before the other chunks. False: there is no room.
bool put_cookie_ack(ByteVector& packet, std::size_t size_max);

}  // namespace floe::sctp
