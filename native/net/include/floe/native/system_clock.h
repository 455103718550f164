// The clock of this machine.
#pragma once

#include "floe/api/clock.h"

namespace floe::native {

/// CLOCK_BOOTTIME: monotonic, and counting while the machine is suspended.
class SystemClock final : public Clock {
 public:
  Timestamp now() const override;
};

}  // namespace floe::native
