// An authenticated check of the peer (RFC 8445, section 7.3): the facts that a generation uses.
#pragma once

#include <cstdint>
#include <string>

#include "floe/ice/route.h"
#include "floe/types/time.h"

namespace floe::ice {

struct HeardCheck {
  Route path;  ///< the base that it came to, and where it came from
  std::string sender_ufrag;
  std::uint32_t priority;
  bool use_candidate;
  std::uint32_t nomination;  ///< 0: the attribute was not there
  Timestamp heard_at;
};

}  // namespace floe::ice
