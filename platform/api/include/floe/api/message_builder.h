// A host may provide this beside MessageChannel::send(): it builds messages in the send buffer.
//
// A channel that frames messages itself gives out space inside its frames, so that nothing is
// copied between the writer of a record and the network.
#pragma once

#include <cstddef>

#include "floe/types/bytes.h"

namespace floe {

class MessageBuilder {
 public:
  /// Space for `size` >= 1 more bytes of the message that is being built; the first call begins it.
  /// The caller fills the space before any other call of the builder or its channel. Empty when the
  /// channel is full or not open: nothing was added, and the caller can try again after
  /// MessageChannelListener::on_channel_drained().
  virtual MutableBytes extend(std::size_t size) = 0;
  /// Completes the message that is being built, if there is one. False when the channel is full:
  /// the message waits, extend() gives no space, and end_message() tries again.
  virtual bool end_message() = 0;

 protected:
  ~MessageBuilder() = default;
};

}  // namespace floe
