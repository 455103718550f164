// The Allocate requests of one allocation: the contents of the first one, and of the next one after
// an error that another request may avoid (RFC 8656, section 7).
#pragma once

#include <optional>

#include "allocation_requests.h"

namespace floe::turn {

class AllocateAttempts {
 public:
  explicit AllocateAttempts(const AllocationConfig& config);

  /// The Allocate to send, first or again.
  AllocationRequest allocate() const;
  /// The request to send after an Allocate was answered with `code`; none when no other request
  /// would help.
  std::optional<AllocationRequest> after_error(std::uint16_t code);

 private:
  AllocatedFamilies families_;
  bool may_clear_;
};

}  // namespace floe::turn
