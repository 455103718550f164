// How a datagram fares between a host and the middle of the network.
#pragma once

#include <cstdint>

#include "floe/types/time.h"

namespace floe::sim {

struct Link {
  Duration delay = 5ms;        ///< each way; two links make a path
  std::uint32_t loss_ppm = 0;  ///< lost of a million, each way
  bool is_up = true;
};

}  // namespace floe::sim
