// The timers of the module: one deadline to tell JavaScript, one call when it has come.
#pragma once

#include <cstdint>

#include "floe/api/timer.h"

namespace floe::wasm {

class TimerQueue final : public Timers {
 public:
  std::unique_ptr<Timer> create(TimerListener& listener) override;

  /// When run() wants to be called; kNever when nothing is armed.
  Timestamp deadline() const;
  /// Fires the timers that are due at `now`, earliest first and, among equals, in the order of
  /// arming. Timers armed during the call wait for the next one, so that a timer that re-arms
  /// itself cannot keep the call busy for ever.
  void run(Timestamp now);

 private:
  class QueuedTimer;

  // A list in order: few timers are armed, one for each transport and gateway.
  QueuedTimer* first_ = nullptr;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace floe::wasm
