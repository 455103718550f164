// What a host provides: the time. For drivers and applications; the protocol core is handed it.
#pragma once

#include "floe/types/time.h"

namespace floe {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Monotonic, and counting while the machine is suspended: consent must not outlive a sleep.
  virtual Timestamp now() const = 0;
};

}  // namespace floe
