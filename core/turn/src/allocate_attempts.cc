#include "allocate_attempts.h"

#include "floe/stun/attributes/error_code.h"
#include "floe/turn/error_codes.h"

namespace floe::turn {

using Purpose = AllocationRequest::Purpose;

AllocateAttempts::AllocateAttempts(const AllocationConfig& config)
    : families_(config.wants_ipv6 ? AllocatedFamilies::both : AllocatedFamilies::server_default),
      may_clear_(!is_stream(config.transport)) {}

AllocationRequest AllocateAttempts::allocate() const {
  return {.purpose = Purpose::allocate, .families = families_};
}

std::optional<AllocationRequest> AllocateAttempts::after_error(std::uint16_t code) {
  if (code == kAllocationMismatch && may_clear_) {
    // Deviation: (section 7.4, on 437) "The client SHOULD pick another client transport address".
    // Over UDP this one is a candidate, too, and cannot be changed. So the allocation that the
    // server has on it, from before a crash or by another host's mapping, is deleted first, but
    // only once.
    may_clear_ = false;
    return AllocationRequest{.purpose = Purpose::clear};
  }
  if (families_ != AllocatedFamilies::both) return std::nullopt;
  // Section 7.4: 440 concerns the mandatory family, so the other family may work.
  //
  // Deviation: (section 7.4, on 400) "The client MAY notify the user or operator and SHOULD NOT
  // retry the request with this server until it believes the problem has been fixed." A server of
  // RFC 5766 may answer 400 or 420 to the optional attribute, so it is asked once more without it.
  if (code == kAddressFamilyNotSupported) {
    families_ = AllocatedFamilies::ipv6;
  } else if (code == stun::kBadRequest || code == stun::kUnknownAttribute) {
    families_ = AllocatedFamilies::server_default;
  } else {
    return std::nullopt;
  }
  return allocate();
}

}  // namespace floe::turn
