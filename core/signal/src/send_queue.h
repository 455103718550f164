// The messages that a client has still to send.
//
// They wait while the client is not in the room, and then leave at a rate that the server accepts.
// A channel that is full blocks the queue until it drains.
// Limit: kQueueMax messages wait, and at most kClientMessagesPerSecond leave.
#pragma once

#include <list>
#include <optional>
#include <string>

#include "floe/signal/limits.h"
#include "floe/types/time.h"
#include "token_bucket.h"

namespace floe::signal {

class SendQueue {
 public:
  bool is_full() const { return texts_.size() == kQueueMax; }
  /// Only while the queue is not full.
  void push(std::string text) { texts_.push_back(std::move(text)); }
  /// The oldest message; nothing while the queue is empty or blocked, or the rate is used up.
  std::optional<std::string> pop(Timestamp now);
  /// The channel did not take the message that pop() gave, so it stays the oldest.
  void put_back(std::string text);
  void unblock() { blocked_ = false; }
  void clear() { texts_.clear(); }

  /// When pop() gives the next message; kNever while the queue is empty or blocked.
  Timestamp deadline() const;

 private:
  std::list<std::string> texts_;
  TokenBucket rate_{kClientMessagesPerSecond};
  bool blocked_ = false;
};

}  // namespace floe::signal
