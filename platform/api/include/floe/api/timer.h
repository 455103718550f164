// A host provides timers.
#pragma once

#include <memory>

#include "floe/types/time.h"

namespace floe {

class TimerListener {
 public:
  /// `now` is the armed time or later. The listener may destroy any timer, also one that is due.
  virtual void handle_timeout(Timestamp now) = 0;

 protected:
  ~TimerListener() = default;
};

/// One alarm clock. Destroying it cancels it.
class Timer {
 public:
  virtual ~Timer() = default;
  /// Replaces what was armed before; kNever disarms. A time that has passed fires at once, but
  /// never from inside this call.
  virtual void arm(Timestamp when) = 0;
};

class Timers {
 public:
  virtual ~Timers() = default;
  /// `listener` must outlive the timer.
  virtual std::unique_ptr<Timer> create(TimerListener& listener) = 0;
};

}  // namespace floe
