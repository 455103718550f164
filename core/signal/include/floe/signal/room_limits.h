// The limits that the operator of a signalling server sets.
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/signal/limits.h"

namespace floe::signal {

struct RoomLimits {
  std::size_t connections = 4096;  ///< that have joined
  std::size_t waiting = 4096;      ///< that have not joined yet
  std::size_t rooms = 4096;
  std::size_t peers_per_room = 16;             ///< away peers included; at most kPeersListedMax + 1
  std::size_t held_bytes = 32u * 1024 * 1024;  ///< of all messages held in all rooms
  std::size_t held_bytes_per_room = 512u * 1024;
  std::size_t held_bytes_per_network = 4u * 1024 * 1024;      ///< of those that it has sent
  std::uint32_t messages_per_second = kMessagesPerSecondMax;  ///< of one connection
  std::uint32_t flood_in_a_row = 500;  ///< messages over that rate that close the connection
};

}  // namespace floe::signal
