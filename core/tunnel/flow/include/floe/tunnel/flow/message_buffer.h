// The message that is being built for a channel which takes whole messages.
//
// One buffer, because the usual case is one message that is sent at once: the same memory is
// written again and again. It grows to the longest message that was built in it.
#pragma once

#include "floe/api/message_builder.h"

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

  MutableBytes extend(std::size_t size) override;
  bool end_message() override;

 private:
  MessageSink& sink_;
  ByteVector buffer_;
  std::size_t size_ =
      0;  // of the message; the buffer is longer, so that it is not cleared each time
  bool is_refused_ = false;  // the message is complete, and the sink did not take it
};

}  // namespace floe::tunnel
