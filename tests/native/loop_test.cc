#include "floe/native/loop.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <csignal>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "floe/native/signal_watch.h"
#include "floe/native/unique_fd.h"
#include "loop_runner.h"

namespace floe::native {
namespace {

using test::run_for;
using test::run_until;
using namespace std::chrono_literals;

class Alarm final : public TimerListener {
 public:
  Alarm(Loop& loop, std::vector<int>& fired, int name)
      : fired_(fired), name_(name), timer_(loop.create(*this)) {}
  void arm(Timestamp when) { timer_->arm(when); }
  void handle_timeout(Timestamp now) override {
    fired_.push_back(name_);
    last = now;
    if (then) then();
  }
  Timestamp last;
  std::function<void()> then;

 private:
  std::vector<int>& fired_;
  int name_;
  std::unique_ptr<Timer> timer_;
};

struct Pipe {
  Pipe() {
    std::array<int, 2> fds;
    REQUIRE(pipe(fds.data()) == 0);
    read.reset(fds[0]);
    write.reset(fds[1]);
  }
  UniqueFd read;
  UniqueFd write;
};

class Reader final : public WatchListener {
 public:
  Reader(Loop& loop, int fd) : watch(loop, fd, *this) { watch.set_interest(true, false); }
  void on_ready(Readiness) override {
    ++calls;
    if (then) then();
  }
  int calls = 0;
  std::function<void()> then;
  Watch watch;
};

}  // namespace

TEST_CASE("timers fire in the order of their deadlines, equal ones in the order of arming",
          "[native][loop]") {
  Loop loop;
  std::vector<int> fired;
  Alarm a(loop, fired, 1), b(loop, fired, 2), c(loop, fired, 3), d(loop, fired, 4);
  const Timestamp start = loop.now();
  a.arm(start + 20ms);
  b.arm(start + 10ms);
  c.arm(start + 10ms);
  d.arm(start - 1s);
  CHECK(fired.empty());

  REQUIRE(run_until(loop, [&] { return fired.size() == 4; }));

  CHECK(fired == std::vector<int>{4, 2, 3, 1});
  CHECK(a.last >= start + 20ms);
}

TEST_CASE("a timer is replaced, disarmed and cancelled", "[native][loop]") {
  Loop loop;
  std::vector<int> fired;
  Alarm replaced(loop, fired, 1), disarmed(loop, fired, 2);
  auto cancelled = std::make_unique<Alarm>(loop, fired, 3);
  const Timestamp start = loop.now();
  replaced.arm(start + 1h);
  replaced.arm(start + 5ms);
  disarmed.arm(start + 1ms);
  disarmed.arm(kNever);
  cancelled->arm(start + 1ms);
  cancelled.reset();

  run_for(loop, 30ms);

  CHECK(fired == std::vector<int>{1});
}

TEST_CASE("a timer that keeps arming itself for the past does not hold the loop",
          "[native][loop]") {
  Loop loop;
  std::vector<int> fired;
  Alarm eager(loop, fired, 1), other(loop, fired, 2);
  eager.then = [&] { eager.arm(Timestamp()); };
  eager.arm(Timestamp());
  other.arm(loop.now() + 1ms);

  CHECK(run_until(loop, [&] { return std::ranges::count(fired, 2) == 1; }));
}

TEST_CASE("many timers fire in order, whatever the order of arming", "[native][loop]") {
  Loop loop;
  std::vector<int> fired;
  std::vector<std::unique_ptr<Alarm>> alarms;
  const Timestamp start = loop.now() - 1s;
  for (int i = 0; i < 500; ++i) {
    const int name = i * 193 % 500;
    alarms.push_back(std::make_unique<Alarm>(loop, fired, name));
    alarms.back()->arm(start + Duration(name));
  }
  for (int i = 0; i < 500; i += 3) alarms[static_cast<std::size_t>(i)]->arm(kNever);

  loop.service();

  CHECK(fired.size() == 333);
  CHECK(std::ranges::is_sorted(fired));
}

TEST_CASE("tasks run in order, after the callback that posted them, never nested",
          "[native][loop]") {
  Loop loop;
  std::string trace;
  loop.post([&] {
    trace += "a";
    loop.post([&] { trace += "c"; });
    trace += "b";
  });
  CHECK(trace.empty());
  REQUIRE(run_until(loop, [&] { return trace.size() == 3; }));
  CHECK(trace == "abc");
}

TEST_CASE("a call deferred to the end of a pass comes once, after all descriptors",
          "[native][loop]") {
  struct Hook final : DeferredListener {
    void on_deferred() override { ++calls; }
    int calls = 0;
  };
  Loop loop;
  Hook hook;
  Deferred deferred(loop, Deferred::When::end_of_pass, hook);
  Pipe one, two;
  Reader first(loop, one.read.get()), second(loop, two.read.get());
  int calls_seen = 0;
  first.then = second.then = [&] {
    deferred.request();
    calls_seen += hook.calls;
  };
  REQUIRE(write(one.write.get(), "x", 1) == 1);
  REQUIRE(write(two.write.get(), "x", 1) == 1);

  loop.service();

  CHECK(first.calls == 1);
  CHECK(second.calls == 1);
  CHECK(calls_seen == 0);
  CHECK(hook.calls == 1);

  deferred.request();
  deferred.cancel();
  loop.service();
  CHECK(hook.calls ==
        2);  // from the two readers, which are still ready; not from the cancelled one
}

TEST_CASE("what is ready is heard before timers, also when it is much", "[native][loop]") {
  constexpr std::size_t kMany = 400;  // the kernel reports 256 at a time
  Loop loop;
  std::deque<Pipe> pipes(kMany);
  std::deque<Reader> readers;
  std::size_t heard = 0;
  for (Pipe& pipe : pipes) {
    Reader& reader = readers.emplace_back(loop, pipe.read.get());
    reader.then = [&heard, &reader] {
      ++heard;
      reader.watch.set_interest(false, false);
    };
    REQUIRE(write(pipe.write.get(), "x", 1) == 1);
  }
  std::vector<int> fired;
  Alarm alarm(loop, fired, 1);
  std::size_t heard_before = 0;
  alarm.then = [&] { heard_before = heard; };
  alarm.arm(loop.now());
  loop.run_once(0ms);
  CHECK(fired.size() == 1);
  CHECK(heard_before == kMany);
}

TEST_CASE("descriptors that are always ready do not keep timers waiting for ever",
          "[native][loop]") {
  Loop loop;
  std::deque<Pipe> pipes(300);
  std::deque<Reader> readers;
  for (Pipe& pipe : pipes) {
    readers.emplace_back(loop, pipe.read.get());
    REQUIRE(write(pipe.write.get(), "x", 1) == 1);
  }
  std::vector<int> fired;
  Alarm alarm(loop, fired, 1);
  alarm.arm(loop.now());
  loop.run_once(0ms);
  CHECK(fired.size() == 1);
  CHECK(readers.back().calls > 1);
}

TEST_CASE("a watch destroyed by another's callback hears nothing of the same pass",
          "[native][loop]") {
  Loop loop;
  Pipe one, two;
  std::unique_ptr<Reader> first = std::make_unique<Reader>(loop, one.read.get());
  std::unique_ptr<Reader> second = std::make_unique<Reader>(loop, two.read.get());
  int calls = 0;
  first->then = [&] { ++calls, second.reset(); };
  second->then = [&] { ++calls, first.reset(); };
  REQUIRE(write(one.write.get(), "x", 1) == 1);
  REQUIRE(write(two.write.get(), "x", 1) == 1);
  loop.service();
  CHECK(calls == 1);
}

TEST_CASE("without interest a watch is silent, also when the peer hangs up", "[native][loop]") {
  Loop loop;
  Pipe pipe;
  Reader reader(loop, pipe.read.get());
  reader.watch.set_interest(false, false);
  pipe.write.reset();
  loop.service();
  loop.service();
  CHECK(reader.calls == 0);
  reader.watch.set_interest(true, false);
  loop.service();
  CHECK(reader.calls == 1);
}

TEST_CASE("a foreign loop sees descriptors, timers and tasks through one descriptor",
          "[native][loop]") {
  Loop loop;
  std::vector<int> fired;
  Alarm alarm(loop, fired, 1);
  bool ran = false;
  const int fd = loop.fd();
  const auto serve_when_ready = [&] {
    pollfd poll_fd{fd, POLLIN, 0};
    if (poll(&poll_fd, 1, 1000) != 1) return false;
    loop.service();
    return true;
  };
  alarm.arm(loop.now() + 5ms);
  while (fired.empty()) REQUIRE(serve_when_ready());
  loop.post([&] { ran = true; });
  while (!ran) REQUIRE(serve_when_ready());

  Pipe pipe;
  Reader reader(loop, pipe.read.get());
  loop.service();
  REQUIRE(write(pipe.write.get(), "x", 1) == 1);
  while (reader.calls == 0) REQUIRE(serve_when_ready());
  CHECK(reader.calls == 1);
}

TEST_CASE("stop ends run, and a signal can call it", "[native][loop]") {
  struct Stopper final : SignalListener {
    void on_signal(int which) override {
      signal = which;
      loop.stop();
    }
    explicit Stopper(Loop& l) : loop(l) {}
    Loop& loop;
    int signal = 0;
  };
  Loop loop;
  Stopper stopper(loop);
  SignalWatch watch(loop, {SIGTERM, SIGINT}, stopper);
  loop.post([] { raise(SIGTERM); });
  loop.run();
  CHECK(stopper.signal == SIGTERM);
}

TEST_CASE("stop may come before run, and is not lost", "[native][loop]") {
  Loop loop;
  loop.stop();
  loop.run();
  loop.stop();
  CHECK_FALSE(loop.run_once());  // without limit
  CHECK(loop.run_once(0ms));
}

TEST_CASE("stop may come from another thread", "[native][loop]") {
  Loop loop;
  for (int round = 0; round < 20; ++round) {
    std::thread other([&] { loop.stop(); });
    loop.run();
    other.join();
  }
}

TEST_CASE("stop may come from a signal handler, and leaves errno alone", "[native][loop]") {
  static Loop* stopped = nullptr;
  static int error_after = 0;
  Loop loop;
  stopped = &loop;
  const auto previous = std::signal(SIGUSR1, [](int) {
    errno = ENOENT;
    stopped->stop();
    error_after = errno;
  });
  std::thread other([main = pthread_self()] {
    std::this_thread::sleep_for(20ms);
    pthread_kill(main, SIGUSR1);
  });
  loop.run();
  other.join();
  std::signal(SIGUSR1, previous);
  CHECK(error_after == ENOENT);
}

}  // namespace floe::native
