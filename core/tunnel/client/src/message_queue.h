// Gathers records into messages, and keeps the messages until they are sent.
//
// Records go out in the order they came. A message is complete when another record would take it
// past kCoalescedMessageSize; a longer record travels alone. Nothing waits for a message to fill:
// cut() completes what there is, at the end of the host's turn.
//
// Why one buffer: the usual case is one message that is sent at once, so the same memory is used
// again and again. The queue has no limit of its own: its owner must check size().
#pragma once

#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/write_record.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class MessageQueue {
 public:
  /// False when the record is longer than a record can be; then nothing was added.
  template <class R>
  bool append(const R& record) {
    const std::size_t size = encoded_size(record);
    if (size > kMaxRecordSize) return false;
    ByteWriter out{prepare(size)};
    write_record(out, record);
    commit(size);
    return true;
  }

  /// Adds a record that is encoded already.
  void append_encoded(Bytes record);

  /// Completes the message at the end, if there is one.
  void cut();
  /// The oldest complete message; empty when there is none.
  Bytes complete() const;
  /// Forgets the message that complete() returned.
  void pop();

  std::size_t size() const { return end_ - begin_; }
  bool empty() const { return begin_ == end_; }

 private:
  /// Space for a record of `size` bytes, at the end.
  MutableBytes prepare(std::size_t size);
  /// The record fills that space.
  void commit(std::size_t size);
  void move_to_front();

  ByteVector buffer_;
  std::size_t begin_ = 0;          // of the oldest message
  std::size_t message_begin_ = 0;  // of the message at the end
  std::size_t end_ = 0;
  List<std::size_t> cuts_;  // where complete messages end
};

}  // namespace floe::tunnel
