// A host provides the time. Drivers and applications ask it; the protocol core is given the time.
#pragma once

#include "floe/types/time.h"

namespace floe {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Monotonic. It also counts while the machine is suspended: consent must not outlive a sleep.
  virtual Timestamp now() const = 0;
};

}  // namespace floe
