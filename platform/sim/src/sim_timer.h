// A timer of a simulated host.
#pragma once

#include "floe/api/timer.h"
#include "floe/sim/host_state.h"

namespace floe::sim {

class SimTimer final : public Timer, private HostAlarm {
 public:
  /// Both must outlive the timer.
  SimTimer(HostState& host, TimerListener& listener);
  ~SimTimer() override { disarm(); }

  void arm(Timestamp when) override;

 private:
  void on_due() override;
  void disarm();

  HostState& host_;
  TimerListener& listener_;
  bool armed_ = false;
};

}  // namespace floe::sim
