#include "message_queue.h"

#include <algorithm>

namespace floe::tunnel {

void MessageQueue::append_encoded(Bytes record) {
  std::ranges::copy(record, prepare(record.size()).begin());
  commit(record.size());
}

void MessageQueue::cut() {
  if (end_ == message_begin_) return;
  cuts_.push_back(end_);
  message_begin_ = end_;
}

Bytes MessageQueue::complete() const {
  if (cuts_.empty()) return {};
  return Bytes{buffer_}.subspan(begin_, cuts_.front() - begin_);
}

void MessageQueue::pop() {
  begin_ = cuts_.front();
  cuts_.erase(cuts_.begin());
  if (!empty()) return;
  begin_ = message_begin_ = end_ = 0;
}

MutableBytes MessageQueue::prepare(std::size_t size) {
  if (buffer_.size() < end_ + size && begin_ != 0) move_to_front();
  if (buffer_.size() < end_ + size) {
    buffer_.resize(std::max(end_ + size, std::min(2 * buffer_.size(), kCoalescedMessageSize)));
  }
  return MutableBytes{buffer_}.subspan(end_, size);
}

void MessageQueue::commit(std::size_t size) {
  if (end_ - message_begin_ + size > kCoalescedMessageSize) cut();
  end_ += size;
  if (end_ - message_begin_ >= kCoalescedMessageSize) cut();
}

void MessageQueue::move_to_front() {
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
  for (std::size_t& cut : cuts_) cut -= begin_;
  message_begin_ -= begin_;
  end_ -= begin_;
  begin_ = 0;
}

}  // namespace floe::tunnel
