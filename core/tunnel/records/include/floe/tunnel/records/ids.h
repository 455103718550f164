// The numbers that a client gives to the objects that it opens in a tunnel. Zero stands for none.
#pragma once

#include <cstdint>

#include "floe/types/strong_id.h"

namespace floe::tunnel {

/// A socket, from 1 to the server's max_sockets, so that a table needs no search.
using SocketId = StrongId<struct SocketTag, std::uint16_t>;
/// A peer of one socket, from 1 to the server's max_peers_per_socket.
using PeerId = StrongId<struct PeerTag, std::uint16_t>;
/// A lookup of a host name (RESOLVE).
using LookupId = StrongId<struct LookupTag, std::uint16_t>;
/// A TCP connection.
using TcpId = StrongId<struct TcpTag, std::uint16_t>;

}  // namespace floe::tunnel
