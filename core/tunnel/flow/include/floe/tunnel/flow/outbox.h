// What an end of the tunnel has written and its channel has not taken yet.
//
// Control records always go in; datagrams only while is_open(), else they wait in a
// DatagramScheduler, where they can still be dropped. So an end that stops reading costs
// kMaxControlBacklog and not more: when is_overflowing(), its session must end.
//
// Full messages are sent as they come to be, the rest by flush(), which the owner calls at the end
// of a turn.
#pragma once

#include "floe/tunnel/flow/message_assembler.h"
#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {

class MessageSink {
 public:
  /// False when the channel is full: the same message is offered again after on_writable().
  /// `message` is lent for the duration of the call, from which the sink must not call back.
  virtual bool send_message(Bytes message) = 0;

 protected:
  ~MessageSink() = default;
};

class Outbox {
 public:
  /// `sink` must outlive the outbox.
  explicit Outbox(MessageSink& sink) : sink_(sink) {}

  /// False when the record is longer than a record can be; then nothing was added.
  bool add(const RecordRef& record);
  void add_encoded(Bytes record);

  /// Sends what there is, unless the channel is full.
  void flush();
  /// The channel takes messages again.
  void on_writable();

  bool is_open() const { return !blocked_; }
  bool is_overflowing() const { return messages_.size() > kMaxMessageSize + kMaxControlBacklog; }
  bool empty() const { return messages_.empty(); }
  void release() { messages_.release(); }

 private:
  void send_complete();

  MessageSink& sink_;
  MessageAssembler messages_;
  bool blocked_ = false;
};

}  // namespace floe::tunnel
