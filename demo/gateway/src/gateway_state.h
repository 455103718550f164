// What a gateway says of itself, to its administration and its metrics.
#pragma once

#include <cstdint>

namespace floe::gateway {

enum class Phase : std::uint8_t {
  starting,
  ready,
  draining,  ///< nobody new comes in, who is there may stay
};

struct GatewayState {
  Phase phase = Phase::starting;
  std::uint64_t reloads = 0;         ///< of the configuration, that worked
  std::uint64_t failed_reloads = 0;  ///< after which all was as before
};

}  // namespace floe::gateway
