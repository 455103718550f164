// Why a host has no socket for a relay.
#pragma once

#include <cstdint>

namespace floe::turn {

enum class RelayFailure : std::uint8_t {
  port_in_use,  ///< somebody else has it; another one may be free
  no_socket,    ///< none to be had, or lost after it was open
};

}  // namespace floe::turn
