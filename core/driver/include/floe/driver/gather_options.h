// Which addresses of the host become candidates.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/types/address.h"

namespace floe {

struct GatherOptions {
  std::optional<Family> family;  ///< empty: both
  std::uint16_t port_min = 0;    ///< 0 with port_max 0: any port
  std::uint16_t port_max = 0;
};

}  // namespace floe
