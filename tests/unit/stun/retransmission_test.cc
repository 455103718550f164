#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <vector>

#include "floe/stun/retransmission.h"
#include "stun/string_makers.h"

using namespace floe;
using Step = stun::Retransmission::Step;

namespace {

constexpr Timestamp kStart{1h};

struct Run {
  std::vector<std::int64_t> sends_ms{0};
  std::int64_t gave_up_ms = -1;
};

/// Comes back at each deadline, like a host with perfect timers.
Run run(stun::Retransmission schedule) {
  Run run;
  for (int turn = 0; turn < 100; ++turn) {
    const Timestamp now = schedule.deadline();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now - kStart).count();
    switch (schedule.handle_timeout(now)) {
      case Step::wait:
        FAIL("a deadline that comes too early");
        return run;
      case Step::resend:
        run.sends_ms.push_back(ms);
        break;
      case Step::timed_out:
        run.gave_up_ms = ms;
        return run;
    }
  }
  FAIL("it never ends");
  return run;
}

}  // namespace

TEST_CASE("a request is repeated as RFC 8489, section 6.2.1, has it", "[stun]") {
  const Run with_defaults = run(stun::Retransmission(kStart, 500ms));
  CHECK(with_defaults.sends_ms ==
        std::vector<std::int64_t>{0, 500, 1500, 3500, 7500, 15500, 31500});
  CHECK(with_defaults.gave_up_ms == 39500);
}

TEST_CASE("the schedule scales with the RTO", "[stun]") {
  const Run slow = run(stun::Retransmission(kStart, 2s));
  CHECK(slow.sends_ms == std::vector<std::int64_t>{0, 2000, 6000, 14000, 30000, 62000, 126000});
  CHECK(slow.gave_up_ms == 158000);
}

TEST_CASE("the number of sends can be less, and the last wait is 16 RTOs all the same", "[stun]") {
  const Run one = run(stun::Retransmission(kStart, 500ms, 1));
  CHECK(one.sends_ms == std::vector<std::int64_t>{0});
  CHECK(one.gave_up_ms == 8000);
  const Run two = run(stun::Retransmission(kStart, 500ms, 2));
  CHECK(two.sends_ms == std::vector<std::int64_t>{0, 500});
  CHECK(two.gave_up_ms == 8500);
}

TEST_CASE("an RTO is an hour at most", "[stun]") {
  CHECK(stun::Retransmission(kStart, 1h).deadline() == kStart + 1h);
  CHECK(stun::Retransmission(kStart, 2h).deadline() == kStart + 1h);
}

TEST_CASE("before the deadline nothing happens", "[stun]") {
  stun::Retransmission schedule(kStart, 500ms);
  CHECK(schedule.first_sent_at() == kStart);
  CHECK(schedule.deadline() == kStart + 500ms);
  CHECK(schedule.handle_timeout(kStart) == Step::wait);
  CHECK(schedule.handle_timeout(kStart + 500ms - Duration(1)) == Step::wait);
  CHECK(schedule.deadline() == kStart + 500ms);
  CHECK(schedule.sent() == 1);
  CHECK(schedule.handle_timeout(kStart + 500ms) == Step::resend);
  CHECK(schedule.sent() == 2);
  CHECK(schedule.handle_timeout(kStart + 500ms) == Step::wait);
}

TEST_CASE("a host that slept sends once, not all that it missed", "[stun]") {
  stun::Retransmission schedule(kStart, 500ms);
  const Timestamp woken = kStart + 20s;
  CHECK(schedule.handle_timeout(woken) == Step::resend);
  CHECK(schedule.handle_timeout(woken) == Step::wait);
  CHECK(schedule.deadline() > woken);
}

TEST_CASE("a request that timed out waits for nothing", "[stun]") {
  stun::Retransmission schedule(kStart, 500ms, 1);
  CHECK(schedule.handle_timeout(kStart + 8s) == Step::timed_out);
  CHECK(schedule.deadline() == kNever);
  CHECK(schedule.sent() == 1);
}
