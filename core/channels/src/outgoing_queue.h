// What a channel has to send and SCTP has not taken yet.
#pragma once

#include <deque>

#include "floe/channels/channel.h"

namespace floe::channels {

struct OutgoingMessage {
  sctp::PayloadProtocol protocol;
  ByteVector bytes;
  std::size_t counted;  ///< of buffered(); nothing for messages of DCEP
  Timestamp expires = kNever;
};

class OutgoingQueue {
 public:
  bool empty() const { return messages_.empty(); }
  const OutgoingMessage& front() const { return messages_.front(); }
  std::size_t buffered() const { return buffered_; }

  /// False: kBufferedMax.
  bool push(OutgoingMessage message);
  /// Before everything that waits.
  void push_first(OutgoingMessage message);
  void pop();
  /// True once after each time that buffered() has come down to the threshold.
  bool take_low();
  void set_low_threshold(std::size_t size) { low_threshold_ = size; }

 private:
  std::deque<OutgoingMessage> messages_;
  std::size_t buffered_ = 0;
  std::size_t low_threshold_ = 0;
  bool has_become_low_ = false;
};

}  // namespace floe::channels
