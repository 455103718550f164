#include "sim_timer.h"

namespace floe::sim {

SimTimer::SimTimer(HostState& host, TimerListener& listener)
    : HostAlarm(host.sleep, host.ground.alarms), host_(host), listener_(listener) {}

void SimTimer::arm(Timestamp when) {
  disarm();
  if (when == kNever) return;
  armed_ = true;
  ++host_.timers_armed;
  set(when);
}

void SimTimer::disarm() {
  stop();
  if (armed_) --host_.timers_armed;
  armed_ = false;
}

void SimTimer::on_due() {
  disarm();
  HostState& host = host_;  // the listener may destroy the timer
  listener_.handle_timeout(host.now());
  for (HostObserver* observer : host.observers) observer->on_timer_rung();
}

}  // namespace floe::sim
