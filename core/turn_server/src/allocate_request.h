// What an Allocate asks for (RFC 8656, section 7.2), or the error code for attributes that exclude
// each other.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/stun/message_view.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/types/result.h"
#include "floe/types/time.h"

namespace floe::turn {

enum class PortNeed : std::uint8_t { any, even, pair };

struct AllocateRequest {
  Family family = Family::ipv4;
  bool wants_additional = false;  ///< an IPv6 address in addition
  PortNeed port = PortNeed::any;
  std::optional<ReservationToken> reservation;
  Duration lifetime{};
};

Result<AllocateRequest, std::uint16_t> read_allocate(const stun::MessageView& request);

/// The lifetime that is granted for a LIFETIME, in an Allocate or a Refresh: 0 stays 0, else 10 to
/// 60 minutes.
Result<Duration, std::uint16_t> granted_lifetime(const stun::MessageView& request);

/// The family that a request names, `otherwise` when none; 440 when there is no such family.
Result<Family, std::uint16_t> requested_family(const stun::MessageView& request, Family otherwise);

}  // namespace floe::turn
