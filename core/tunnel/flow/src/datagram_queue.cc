#include "datagram_queue.h"

#include <algorithm>

namespace floe::tunnel {

MutableBytes DatagramQueue::push(Timestamp now, std::size_t size, std::uint32_t& dropped) {
  while (count_ == kMaxQueuedDatagrams || (count_ != 0 && bytes_held() + size > kMaxQueuedBytes)) {
    pop();
    ++dropped;
  }
  if (end_ + size > buffer_.size()) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
    end_ -= begin_;
    begin_ = 0;
    // Twice as much as is needed, so that one move of the rest makes room for many records.
    if (end_ + size > buffer_.size() / 2) {
      buffer_.resize(std::min(2 * (end_ + size), kMaxQueuedBytes + kMaxRecordSize));
    }
  }
  entries_[(first_ + count_) % kMaxQueuedDatagrams] = {now, size};
  ++count_;
  const MutableBytes space = MutableBytes{buffer_}.subspan(end_, size);
  end_ += size;
  return space;
}

std::uint32_t DatagramQueue::expire(Timestamp now) {
  std::uint32_t expired = 0;
  while (count_ != 0 && now - oldest().queued_at > kMaxQueuedAge) {
    pop();
    ++expired;
  }
  return expired;
}

Bytes DatagramQueue::front() const {
  return Bytes{buffer_}.subspan(begin_, oldest().size);
}

void DatagramQueue::pop() {
  begin_ += oldest().size;
  first_ = (first_ + 1) % kMaxQueuedDatagrams;
  --count_;
  if (count_ == 0) begin_ = end_ = 0;
}

}  // namespace floe::tunnel
