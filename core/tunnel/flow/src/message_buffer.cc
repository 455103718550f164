#include "floe/tunnel/flow/message_buffer.h"

#include <algorithm>

#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {

MutableBytes MessageBuffer::extend(std::size_t size) {
  if (is_refused_ && !end_message()) return {};
  if (buffer_.size() < size_ + size) {
    buffer_.resize(std::max(size_ + size, std::min(2 * buffer_.size(), kCoalescedMessageSize)));
  }
  const MutableBytes space = MutableBytes{buffer_}.subspan(size_, size);
  size_ += size;
  return space;
}

bool MessageBuffer::end_message() {
  if (size_ == 0) return true;
  is_refused_ = !sink_.send_message(Bytes{buffer_}.first(size_));
  if (!is_refused_) size_ = 0;
  return !is_refused_;
}

}  // namespace floe::tunnel
