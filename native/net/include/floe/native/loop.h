// The event loop of a native host.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "floe/api/clock.h"
#include "floe/api/timer.h"
#include "floe/native/deferred.h"
#include "floe/native/watch.h"

namespace floe::native {

class DeferredQueue;
class Poller;
class TimerQueue;

/// A single-threaded epoll loop: descriptors, timers, posted tasks, and calls at the end of a pass.
///
/// A pass handles what is ready, in this order: descriptors, timers that are due, then the
/// end-of-pass calls that flush what the others gathered. After each callback come the tasks that
/// it posted. When more than 256 descriptors are ready, they are handled in several passes, up to
/// 32, and the timers come after the last of these: what arrived is heard before a timer concludes
/// that nothing did. A pass costs what is ready in it, not what is registered: descriptors
/// by epoll, timers by a heap.
///
/// Time is CLOCK_BOOTTIME, which counts while the machine is suspended: a timer that became due
/// during the suspension fires on resume, so that consent (RFC 7675) does not outlive a sleep. The
/// earliest deadline is in a timerfd on that clock, since the timeout of epoll_wait would not
/// count.
///
/// Either run() drives it, or another loop of the application, which watches fd() for reading and
/// calls service() when it is readable. All calls but stop() must come from one thread. It is not
/// re-entrant, and must not be destroyed from inside a callback.
class Loop final : public Timers {
 public:
  Loop();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// False when the kernel gave no descriptors for it: nothing will ever be reported.
  bool is_open() const;

  Timestamp now() const;

  /// Timers fire in the order of their deadlines, those of one instant in the order of arming.
  /// A timer must not outlive the loop.
  std::unique_ptr<Timer> create(TimerListener& listener) override;

  /// Runs `task` after the callback that runs now, or in the next pass; in order, never nested.
  void post(std::function<void()> task);

  /// Passes until stop(). Returns at once when is_open() is false.
  void run();
  /// One pass, after waiting for at most `max_wait`, or without limit. False when stop() was
  /// called.
  bool run_once(std::optional<Duration> max_wait = std::nullopt);
  /// Ends a wait, and makes run() return at the end of the pass. Without a run, the next run() or
  /// run_once() makes one pass without waiting: a stop that comes early is not lost. Any thread and
  /// any signal handler may call it for as long as the loop lives; errno is kept.
  void stop() noexcept;

  /// Readable when service() has something to do, timers and posted tasks included.
  int fd();
  /// One pass without waiting.
  void service() { run_once(Duration::zero()); }

  /// Counts passes; two calls that see the same number happen in the same pass.
  std::uint64_t pass() const { return pass_; }

 private:
  friend class Deferred;
  friend class LoopTimer;
  friend class Watch;

  void dispatch(int ready);
  void run_deferred_calls();
  void run_end_of_pass_calls();
  void fire_due_timers();
  bool has_work() const;
  void wake_foreign_loop();

  std::unique_ptr<Poller> poller_;
  std::unique_ptr<TimerQueue> timers_;
  std::unique_ptr<DeferredQueue> after_callback_;
  std::unique_ptr<DeferredQueue> end_of_pass_;
  std::vector<std::function<void()>> tasks_;
  std::vector<std::function<void()>> running_tasks_;
  std::uint64_t pass_ = 0;
  bool in_pass_ = false;
  bool foreign_ = false;
  std::atomic<bool> stopped_ = false;
  static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may store it");
};

}  // namespace floe::native
