// The attribute types that a reader of TURN messages understands, for MessageView::parse().
#pragma once

#include "floe/stun/attribute_type.h"

namespace floe::turn {

constexpr bool understands(std::uint16_t type) {
  return stun::is_rfc8489(type) || stun::is_rfc8656(type);
}

}  // namespace floe::turn
