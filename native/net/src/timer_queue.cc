#include "timer_queue.h"

#include <algorithm>

namespace floe::native {

void TimerQueue::place(std::size_t index, const Entry& entry) {
  heap_[index] = entry;
  entry.timer->index_ = index;
}

void TimerQueue::sift_up(std::size_t index) {
  const Entry entry = heap_[index];
  while (index > 0) {
    const std::size_t parent = (index - 1) / 2;
    if (!entry.before(heap_[parent])) break;
    place(index, heap_[parent]);
    index = parent;
  }
  place(index, entry);
}

void TimerQueue::sift_down(std::size_t index) {
  const Entry entry = heap_[index];
  for (;;) {
    std::size_t child = 2 * index + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && heap_[child + 1].before(heap_[child])) ++child;
    if (!heap_[child].before(entry)) break;
    place(index, heap_[child]);
    index = child;
  }
  place(index, entry);
}

void TimerQueue::arm(LoopTimer& timer, Timestamp when) {
  disarm(timer);
  timer.index_ = heap_.size();
  heap_.push_back({std::max(when, round_), next_sequence_++, &timer});
  sift_up(timer.index_);
}

void TimerQueue::disarm(LoopTimer& timer) {
  if (timer.index_ == LoopTimer::kDisarmed) return;
  const std::size_t index = timer.index_;
  timer.index_ = LoopTimer::kDisarmed;
  const Entry last = heap_.back();
  heap_.pop_back();
  if (last.timer == &timer) return;
  place(index, last);
  sift_down(index);
  sift_up(last.timer->index_);
}

LoopTimer* TimerQueue::take_due(Timestamp now, std::uint64_t sequence) {
  if (heap_.empty() || heap_.front().when > now) return nullptr;
  if (heap_.front().sequence >= sequence) return nullptr;
  LoopTimer* timer = heap_.front().timer;
  disarm(*timer);
  return timer;
}

}  // namespace floe::native
