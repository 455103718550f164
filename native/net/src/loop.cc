#include "floe/native/loop.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "deferred_queue.h"
#include "floe/native/system_clock.h"
#include "poller.h"
#include "timer_queue.h"

namespace floe::native {
namespace {

// End-of-pass calls may ask for more of their kind (a channel flushes, which sends datagrams);
// after this many rounds the rest waits for the next pass.
constexpr int kEndOfPassRounds = 4;

// More descriptors may be ready than one call of the kernel reports. Timers come after all of them,
// because many a timer is there to act when nothing arrives. But not after more than this many
// calls.
constexpr int kReadyRounds = 32;

// epoll_wait counts in milliseconds. Rounded up, because the last millisecond would otherwise be a
// busy loop.
int to_timeout_ms(std::optional<Duration> wait) {
  if (!wait) return -1;
  const std::int64_t ms = (std::max<std::int64_t>(wait->count(), 0) + 999) / 1000;
  return static_cast<int>(std::min<std::int64_t>(ms, std::numeric_limits<int>::max()));
}

}  // namespace

Loop::Loop()
    : poller_(std::make_unique<Poller>()),
      timers_(std::make_unique<TimerQueue>()),
      after_callback_(std::make_unique<DeferredQueue>()),
      end_of_pass_(std::make_unique<DeferredQueue>()) {}

Loop::~Loop() = default;

bool Loop::is_open() const {
  return poller_->is_open();
}

Timestamp Loop::now() const {
  return SystemClock().now();
}

std::unique_ptr<Timer> Loop::create(TimerListener& listener) {
  return std::make_unique<LoopTimer>(*this, listener);
}

void LoopTimer::arm(Timestamp when) {
  if (when == kNever) {
    loop_.timers_->disarm(*this);
    return;
  }
  loop_.timers_->arm(*this, when);
  loop_.wake_foreign_loop();
}

void Loop::post(std::function<void()> task) {
  tasks_.push_back(std::move(task));
  wake_foreign_loop();
}

void Loop::run() {
  while (is_open() && run_once()) {
  }
}

// The order counts: a pass that the wake-up begins must see the flag.
void Loop::stop() noexcept {
  stopped_ = true;
  poller_->wake_now();
}

bool Loop::run_once(std::optional<Duration> max_wait) {
  if (has_work()) max_wait = Duration::zero();
  poller_->wake_at(timers_->next_deadline());
  const int ready = poller_->wait(to_timeout_ms(max_wait));
  in_pass_ = true;
  dispatch(ready);
  fire_due_timers();
  run_end_of_pass_calls();
  in_pass_ = false;
  wake_foreign_loop();
  return !stopped_.exchange(false);
}

void Loop::dispatch(int ready) {
  for (int round = 1;; ++round) {
    ++pass_;
    run_deferred_calls();
    for (int event = 0; event < ready; ++event) {
      poller_->dispatch(event);
      run_deferred_calls();
    }
    if (ready < Poller::kReadyMax || round == kReadyRounds || stopped_) return;
    run_end_of_pass_calls();
    ready = poller_->wait(0);
  }
}

// One round: tasks that these tasks post run after the next callback, or in the next pass.
void Loop::run_deferred_calls() {
  if (!tasks_.empty()) {
    std::swap(tasks_, running_tasks_);
    for (std::function<void()>& task : running_tasks_) task();
    running_tasks_.clear();
  }
  if (!after_callback_->empty()) after_callback_->run_round([] {});
}

void Loop::fire_due_timers() {
  if (timers_->next_deadline() == kNever) return;
  const Timestamp time = now();
  const std::uint64_t armed_before = timers_->begin_round(time);
  while (LoopTimer* timer = timers_->take_due(time, armed_before)) {
    timer->listener_.handle_timeout(time);
    run_deferred_calls();
  }
}

void Loop::run_end_of_pass_calls() {
  for (int round = 0; round < kEndOfPassRounds && !end_of_pass_->empty(); ++round) {
    end_of_pass_->run_round([this] { run_deferred_calls(); });
  }
}

bool Loop::has_work() const {
  return !tasks_.empty() || !after_callback_->empty() || !end_of_pass_->empty();
}

int Loop::fd() {
  foreign_ = true;
  wake_foreign_loop();
  return poller_->fd();
}

// Another loop sees only the epoll descriptor, so all other work must make it readable, too.
void Loop::wake_foreign_loop() {
  if (!foreign_ || in_pass_) return;
  poller_->apply_changes();
  poller_->wake_at(has_work() ? Timestamp() : timers_->next_deadline());
}

Watch::Watch(Loop& loop, int fd, WatchListener& listener)
    : poller_(*loop.poller_), slot_(poller_.add(fd, listener)) {}

Watch::~Watch() {
  poller_.remove(slot_);
}

void Watch::set_interest(bool read, bool write) {
  read_ = read;
  write_ = write;
  poller_.set_interest(slot_, read, write);
}

}  // namespace floe::native
