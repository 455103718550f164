#include "timer_queue.h"

#include <optional>

namespace floe::wasm {

class TimerQueue::QueuedTimer final : public Timer {
 public:
  QueuedTimer(TimerQueue& queue, TimerListener& listener) : queue_(queue), listener_(listener) {}
  ~QueuedTimer() override { disarm(); }

  void arm(Timestamp when) override {
    disarm();
    if (when == kNever) return;
    key_ = Key{when, queue_.next_sequence_++};
    queue_.armed_.emplace(*key_, this);
  }

  void fire(Timestamp now) {
    disarm();
    listener_.on_timer(now);
  }

 private:
  void disarm() {
    if (key_) queue_.armed_.erase(*key_);
    key_.reset();
  }

  TimerQueue& queue_;
  TimerListener& listener_;
  std::optional<Key> key_;
};

std::unique_ptr<Timer> TimerQueue::create(TimerListener& listener) {
  return std::make_unique<QueuedTimer>(*this, listener);
}

Timestamp TimerQueue::deadline() const {
  return armed_.empty() ? kNever : armed_.begin()->first.first;
}

void TimerQueue::run(Timestamp now) {
  const std::uint64_t first_new = next_sequence_;
  auto next = armed_.begin();
  while (next != armed_.end() && next->first.first <= now) {
    if (next->first.second >= first_new) {
      ++next;
      continue;
    }
    next->second->fire(now);
    next = armed_.begin();  // whatever fired may have armed or destroyed any timer
  }
}

}  // namespace floe::wasm
