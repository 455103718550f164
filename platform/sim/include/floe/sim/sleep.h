// Whether a simulated host sleeps, and the alarms that it has missed.
//
// Alarms that come due while it sleeps are kept, and ring once when the host wakes, in the order in
// which they should have rung.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "floe/sim/alarms.h"

namespace floe::sim {

class HostAlarm;

class Sleep {
 public:
  bool is_asleep() const { return asleep_; }
  void begin() { asleep_ = true; }
  void end(Timestamp now);

 private:
  friend class HostAlarm;

  bool asleep_ = false;
  std::vector<HostAlarm*> late_;
};

/// An alarm of something on the host.
class HostAlarm : private AlarmListener {
 public:
  /// Both must outlive it.
  HostAlarm(Sleep& sleep, Alarms& alarms) : sleep_(sleep), alarm_(alarms, *this) {}
  virtual ~HostAlarm() { forget_lateness(); }
  HostAlarm(const HostAlarm&) = delete;
  HostAlarm& operator=(const HostAlarm&) = delete;

  void set(Timestamp at) {
    forget_lateness();
    alarm_.set(at);
  }
  void stop() {
    forget_lateness();
    alarm_.stop();
  }

 protected:
  virtual void on_due() = 0;

 private:
  friend class Sleep;

  void on_alarm() override {
    if (!sleep_.is_asleep()) return on_due();
    sleep_.late_.push_back(this);
  }
  void forget_lateness() {
    if (!sleep_.late_.empty()) std::erase(sleep_.late_, this);
  }

  Sleep& sleep_;
  Alarm alarm_;
};

inline void Sleep::end(Timestamp now) {
  asleep_ = false;
  for (HostAlarm* alarm : std::exchange(late_, {})) alarm->alarm_.set(now);
}

}  // namespace floe::sim
