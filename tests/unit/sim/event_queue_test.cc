// The order of events, alarms and calls.
#include <catch2/catch_test_macros.hpp>

#include "floe/sim/alarms.h"
#include "floe/sim/calls.h"

using namespace floe;
using namespace floe::sim;

namespace {

struct Log final : EventHandler {
  void on_event(std::uint64_t event) override { events.push_back(event); }
  std::vector<std::uint64_t> events;
};

struct Ringing final : AlarmListener {
  void on_alarm() override { ++count; }
  int count = 0;
};

void run(EventQueue& queue) {
  while (!queue.empty()) queue.step();
}

}  // namespace

TEST_CASE("events happen in the order of time, those of one time as they were scheduled", "[sim]") {
  EventQueue queue;
  Log log;
  const Timestamp begin = queue.now();
  queue.schedule(begin + 2s, log, 1);
  queue.schedule(begin + 1s, log, 2);
  queue.schedule(begin + 2s, log, 3);
  queue.schedule(begin + 1s, log, 4);
  CHECK(queue.next_at() == begin + 1s);
  run(queue);
  CHECK(log.events == std::vector<std::uint64_t>{2, 4, 1, 3});
  CHECK(queue.now() == begin + 2s);
}

TEST_CASE("what is scheduled for the past happens now", "[sim]") {
  EventQueue queue;
  Log log;
  queue.advance_to(queue.now() + 10s);
  const Timestamp now = queue.now();
  queue.schedule(now - 5s, log, 1);
  run(queue);
  CHECK(queue.now() == now);
  CHECK(log.events.size() == 1);
}

TEST_CASE("an alarm rings for the last time it was set to, and not once it is gone", "[sim]") {
  EventQueue queue;
  Alarms alarms(queue);
  Ringing ringing;
  const Timestamp begin = queue.now();
  {
    Alarm alarm(alarms, ringing);
    alarm.set(begin + 1s);
    alarm.set(begin + 3s);
    while (queue.now() < begin + 2s && !queue.empty()) queue.step();
    CHECK(ringing.count == 1);
    CHECK(queue.now() == begin + 3s);
    alarm.set(begin + 4s);
    alarm.stop();
    run(queue);
    CHECK(ringing.count == 1);
    alarm.set(begin + 5s);
  }
  Ringing other;
  Alarm heir(alarms, other);  // in the slot of the one that is gone
  run(queue);
  CHECK(ringing.count == 1);
  CHECK(other.count == 0);
}

TEST_CASE("a call may schedule others", "[sim]") {
  EventQueue queue;
  Calls calls(queue);
  std::vector<int> done;
  calls.schedule(queue.now(), [&] {
    done.push_back(1);
    calls.schedule(queue.now() + 1s, [&] { done.push_back(3); });
    calls.schedule(queue.now(), [&] { done.push_back(2); });
  });
  run(queue);
  CHECK(done == std::vector{1, 2, 3});
}
