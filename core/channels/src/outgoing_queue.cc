#include "outgoing_queue.h"

#include <utility>

namespace floe::channels {

bool OutgoingQueue::push(OutgoingMessage message) {
  if (message.counted > kBufferedMax - buffered_) return false;
  buffered_ += message.counted;
  messages_.push_back(std::move(message));
  return true;
}

void OutgoingQueue::push_first(OutgoingMessage message) {
  buffered_ += message.counted;
  messages_.push_front(std::move(message));
}

void OutgoingQueue::pop() {
  const bool was_above = buffered_ > low_threshold_;
  buffered_ -= messages_.front().counted;
  messages_.pop_front();
  if (was_above && buffered_ <= low_threshold_) has_become_low_ = true;
}

bool OutgoingQueue::take_low() {
  return std::exchange(has_become_low_, false);
}

}  // namespace floe::channels
