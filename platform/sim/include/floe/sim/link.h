// How datagrams fare between a node of a network and the middle of that network.
//
// Two links make a path: the sender's and the receiver's, each asked when the datagram is sent.
#pragma once

#include <cstdint>

#include "floe/types/time.h"

namespace floe::sim {

/// No limit: 40 bytes of IPv6 header and the longest payload. IP fragments, and nobody loses one.
inline constexpr std::uint32_t kMtuUnlimited = 65575;

struct Link {
  Duration delay = 5ms;             ///< each way
  std::uint32_t loss_ppm = 0;       ///< lost of a million, each way
  Duration jitter = 0ms;            ///< 0 to this much more, evenly; datagrams may overtake
  std::uint32_t duplicate_ppm = 0;  ///< of a million, those that arrive twice
  std::uint32_t reorder_ppm = 0;    ///< of a million, those that `reorder_delay` holds up
  Duration reorder_delay = 20ms;
  std::uint32_t mtu = kMtuUnlimited;  ///< bytes with IP and UDP headers; what is longer vanishes
  bool is_up = true;                  ///< false: all is lost and nobody is told
};

}  // namespace floe::sim
