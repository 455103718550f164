#include "timer_queue.h"

namespace floe::wasm {

class TimerQueue::QueuedTimer final : public Timer {
 public:
  QueuedTimer(TimerQueue& queue, TimerListener& listener) : queue_(queue), listener_(listener) {}
  ~QueuedTimer() override { disarm(); }

  void arm(Timestamp when) override {
    disarm();
    if (when == kNever) return;
    when_ = when;
    sequence_ = queue_.next_sequence_++;
    QueuedTimer** link = &queue_.first_;
    while (*link != nullptr && (*link)->when_ <= when) link = &(*link)->next_;
    next_ = *link;
    *link = this;
  }

  void fire(Timestamp now) {
    disarm();
    listener_.handle_timeout(now);
  }

  Timestamp when() const { return when_; }
  std::uint64_t sequence() const { return sequence_; }
  QueuedTimer* next() const { return next_; }

 private:
  void disarm() {
    if (when_ == kNever) return;
    when_ = kNever;
    QueuedTimer** link = &queue_.first_;
    while (*link != this) link = &(*link)->next_;
    *link = next_;
  }

  TimerQueue& queue_;
  TimerListener& listener_;
  Timestamp when_ = kNever;  // while it is not in the list
  std::uint64_t sequence_ = 0;
  QueuedTimer* next_ = nullptr;
};

std::unique_ptr<Timer> TimerQueue::create(TimerListener& listener) {
  return std::make_unique<QueuedTimer>(*this, listener);
}

Timestamp TimerQueue::deadline() const {
  return first_ == nullptr ? kNever : first_->when();
}

void TimerQueue::run(Timestamp now) {
  const std::uint64_t first_new = next_sequence_;
  QueuedTimer* next = first_;
  while (next != nullptr && next->when() <= now) {
    if (next->sequence() >= first_new) {
      next = next->next();
      continue;
    }
    next->fire(now);
    next = first_;  // whatever fired may have armed or destroyed any timer
  }
}

}  // namespace floe::wasm
