// The message that is being built for a channel which takes whole messages.
//
// One buffer, because the usual case is one message that is sent at once: the same memory is
// written again and again. It grows to the longest message that was built in it.
#pragma once

#include <algorithm>

#include "floe/api/message_builder.h"
#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {

class MessageSink {
 public:
  /// False when the channel is full: the same message is offered again later. `message` is valid
  /// for the duration of the call, from which the sink must not call back.
  virtual bool send_message(Bytes message) = 0;

 protected:
  ~MessageSink() = default;
};

class MessageBuffer final : public MessageBuilder {
 public:
  /// `sink` must outlive the buffer.
  explicit MessageBuffer(MessageSink& sink) : sink_(sink) {}

  MutableBytes extend(std::size_t size) override {
    if (is_refused_ && !end_message()) return {};
    if (buffer_.size() < size_ + size) {
      buffer_.resize(std::max(size_ + size, std::min(2 * buffer_.size(), kCoalescedMessageSize)));
    }
    const MutableBytes space = MutableBytes{buffer_}.subspan(size_, size);
    size_ += size;
    return space;
  }
  bool end_message() override {
    if (size_ == 0) return true;
    is_refused_ = !sink_.send_message(Bytes{buffer_}.first(size_));
    if (!is_refused_) size_ = 0;
    return !is_refused_;
  }

 private:
  MessageSink& sink_;
  ByteVector buffer_;
  std::size_t size_ =
      0;  // of the message; the buffer is longer, so that it is not cleared each time
  bool is_refused_ = false;  // the message is complete, and the sink did not take it
};

}  // namespace floe::tunnel
