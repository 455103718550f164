// How datagrams fare between a node of a network and the middle of that network.
//
// Two links make a path: the sender's and the receiver's, each asked when the datagram is sent.
#pragma once

#include <cstdint>

#include "floe/types/time.h"

namespace floe::sim {

/// No limit: 40 bytes of IPv6 header and the longest payload, as if IP fragmented without loss.
inline constexpr std::uint32_t kMtuUnlimited = 65575;

struct Link {
  Duration delay = 5ms;             ///< each way
  std::uint32_t loss_ppm = 0;       ///< datagrams lost of a million, each way
  Duration jitter = 0ms;            ///< 0 to this much more delay, evenly; datagrams may overtake
  std::uint32_t duplicate_ppm = 0;  ///< datagrams of a million that arrive twice
  std::uint32_t reorder_ppm = 0;    ///< datagrams of a million that `reorder_delay` holds up
  Duration reorder_delay = 20ms;
  std::uint32_t mtu = kMtuUnlimited;  ///< bytes with IP and UDP headers; longer ones are lost
  bool is_up = true;                  ///< false: all datagrams are lost, and no node is told
};

}  // namespace floe::sim
