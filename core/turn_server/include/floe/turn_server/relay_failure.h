// Why a host has no socket for a relay.
#pragma once

#include <cstdint>

namespace floe::turn {

enum class RelayFailure : std::uint8_t {
  port_in_use,  ///< another program has it; another port may be free
  no_socket,    ///< none could be opened, or it was lost after it was open
};

}  // namespace floe::turn
