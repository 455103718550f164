#include "faulty_timers.h"

#include <utility>

namespace floe::testing {

class FaultyTimers::Alarm final : public Timer, private TimerListener {
 public:
  Alarm(FaultyTimers& owner, TimerListener& told)
      : listener(told), owner_(owner), sound_(owner.sound_.timers.create(*this)) {
    owner_.alarms_.push_back(this);
  }
  ~Alarm() override { std::erase(owner_.alarms_, this); }

  void arm(Timestamp asked) override {
    const Timestamp now = owner_.sound_.clock.now();
    if (owner_.fault_ == Fault::timer_cannot_be_disarmed && asked == kNever) return;
    if (owner_.fault_ == Fault::timer_rings_inside_arm && asked <= now) {
      return listener.handle_timeout(now);
    }
    const bool is_early = owner_.fault_ == Fault::timer_rings_early && asked != kNever;
    when = is_early ? asked - std::chrono::milliseconds(20) : asked;
    sound_->arm(when);
  }
  void disarm() { sound_->arm(when = kNever); }

  TimerListener& listener;
  Timestamp when = kNever;

 private:
  void handle_timeout(Timestamp now) override {
    if (owner_.fault_ == Fault::timer_rings_after_another_destroyed_it) {
      return owner_.ring_all_due(now);
    }
    listener.handle_timeout(now);
  }

  FaultyTimers& owner_;
  std::unique_ptr<Timer> sound_;
};

std::unique_ptr<Timer> FaultyTimers::create(TimerListener& listener) {
  return std::make_unique<Alarm>(*this, listener);
}

void FaultyTimers::ring_all_due(Timestamp now) {
  std::vector<TimerListener*> due;
  for (Alarm* alarm : alarms_) {
    if (alarm->when > now) continue;
    due.push_back(&alarm->listener);
    alarm->disarm();
  }
  for (TimerListener* listener : due) listener->handle_timeout(now);
}

}  // namespace floe::testing
