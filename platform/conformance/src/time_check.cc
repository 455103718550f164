// Clock and Timers.
#include "findings.h"

namespace floe::conformance {
namespace {

using namespace std::chrono_literals;

struct Alarm final : TimerListener {
  explicit Alarm(const Host& host) : clock(host.clock), timer(host.timers.create(*this)) {}
  void handle_timeout(Timestamp now) override {
    ++rings;
    told = now;
    clock_then = clock.now();
    if (again_at) timer->arm(*std::exchange(again_at, std::nullopt));
    if (destroys != nullptr) destroys->timer.reset();
  }

  Clock& clock;
  int rings = 0;
  Timestamp told{};
  Timestamp clock_then{};
  std::optional<Timestamp> again_at;
  Alarm* destroys = nullptr;  // a ring destroys that one's timer; may be this one
  std::unique_ptr<Timer> timer;
};

void check_clock(HostUnderTest& host, Findings& findings) {
  const Host api = host.api();
  Timestamp last = api.clock.now();
  const Timestamp start = last;
  bool goes_back = false;
  for (int i = 0; i < 10; ++i) {
    host.run_for(kStep);
    goes_back = goes_back || api.clock.now() < last;
    last = api.clock.now();
  }
  findings.expect(!goes_back, "Clock: the time never goes back.");
  findings.expect(last > start, "Clock: the time goes on while the host works.");
}

void check_ring(HostUnderTest& host, Findings& findings) {
  const Host api = host.api();
  Alarm alarm(api);
  const Timestamp when = api.clock.now() + 30ms;
  alarm.timer->arm(when);
  findings.expect(run_until(host, [&] { return alarm.rings > 0; }),
                  "Timer: an armed timer calls handle_timeout().");
  if (alarm.rings == 0) return;
  findings.expect(alarm.told >= when && alarm.clock_then >= when,
                  "Timer: handle_timeout() comes at the time that was asked for, or after it.");
  host.run_for(100ms);
  findings.expect(alarm.rings == 1, "Timer: an armed timer rings once.");
}

void check_past(HostUnderTest& host, Findings& findings) {
  const Host api = host.api();
  Alarm alarm(api);
  alarm.timer->arm(api.clock.now() - 1s);
  findings.expect(alarm.rings == 0, "Timer: handle_timeout() never comes from inside arm().");
  findings.expect(run_until(host, [&] { return alarm.rings > 0; }),
                  "Timer: a time that has passed rings at once.");
}

void check_disarming(HostUnderTest& host, Findings& findings) {
  const Host api = host.api();
  Alarm replaced(api);
  replaced.timer->arm(api.clock.now() + 20ms);
  replaced.timer->arm(api.clock.now() + 1h);
  Alarm disarmed(api);
  disarmed.timer->arm(api.clock.now() + 20ms);
  disarmed.timer->arm(kNever);
  Alarm destroyed(api);
  destroyed.timer->arm(api.clock.now() + 20ms);
  destroyed.timer.reset();
  host.run_for(100ms);
  findings.expect(replaced.rings == 0, "Timer: arming again replaces the time before.");
  findings.expect(disarmed.rings == 0, "Timer: kNever disarms.");
  findings.expect(destroyed.rings == 0, "Timer: a destroyed timer does not ring.");
}

void check_from_inside(HostUnderTest& host, Findings& findings) {
  const Host api = host.api();
  Alarm again(api);
  again.again_at = api.clock.now() + 40ms;
  again.timer->arm(api.clock.now() + 10ms);
  Alarm leaving(api);
  leaving.destroys = &leaving;
  leaving.timer->arm(api.clock.now() + 10ms);
  findings.expect(run_until(host, [&] { return again.rings == 2; }),
                  "Timer: it can be armed again from inside handle_timeout().");
  findings.expect(leaving.rings == 1, "Timer: it can be destroyed from inside handle_timeout().");
}

/// Both are due at once; the first that rings destroys the other.
void check_other_timer(HostUnderTest& host, Findings& findings) {
  const Host api = host.api();
  Alarm one(api);
  Alarm two(api);
  one.destroys = &two;
  two.destroys = &one;
  const Timestamp when = api.clock.now() + 10ms;
  one.timer->arm(when);
  two.timer->arm(when);
  host.run_for(100ms);
  findings.expect(one.rings + two.rings == 1,
                  "Timer: one that is due can be destroyed from inside another's "
                  "handle_timeout(), and does not ring.");
}

}  // namespace

void check_time(HostUnderTest& host, Findings& findings) {
  check_clock(host, findings);
  check_ring(host, findings);
  check_past(host, findings);
  check_disarming(host, findings);
  check_from_inside(host, findings);
  check_other_timer(host, findings);
}

}  // namespace floe::conformance
