// The numbers that a client gives to the things that it opens in a tunnel. Zero names none.
#pragma once

#include <cstdint>

#include "floe/types/strong_id.h"

namespace floe::tunnel {

/// A socket, from 1 to the server's max_sockets, so that a table needs no search.
using SocketId = StrongId<struct SocketTag, std::uint16_t>;
/// A peer of one socket, from 1 to the server's max_peers_per_socket.
using PeerId = StrongId<struct PeerTag, std::uint16_t>;
/// A question of RESOLVE.
using LookupId = StrongId<struct LookupTag, std::uint16_t>;
/// A TCP connection.
using TcpId = StrongId<struct TcpTag, std::uint16_t>;

}  // namespace floe::tunnel
