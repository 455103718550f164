// Gathers records into messages, and keeps the messages until they are sent.
//
// Records go out in the order they came. A message is complete when another record would take it
// past kCoalescedMessageSize; a longer record travels alone. Nothing waits for a message to fill:
// cut() completes what there is, at the end of the host's turn.
//
// Why one buffer: the usual case is one message that is sent at once, so that the same memory is
// written again and again. It holds what its owner lets it hold (see Outbox).
#pragma once

#include "floe/tunnel/records/record_ref.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class MessageAssembler {
 public:
  /// False when the record is longer than a record can be; then nothing was added.
  bool append(const RecordRef& record);

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
  /// Bytes of memory in use, whether something is held or not.
  std::size_t memory() const { return buffer_.size(); }
  /// Gives the memory back, when nothing is held.
  void release();

 private:
  static constexpr std::size_t kFirstRoom = 256;

  /// Space for a record of at most `size` bytes, at the end.
  MutableBytes prepare(std::size_t size);
  /// The record took the first `size` bytes of that space.
  void commit(std::size_t size);
  void move_to_front();

  ByteVector buffer_;
  std::size_t begin_ = 0;          // of the oldest message
  std::size_t message_begin_ = 0;  // of the message at the end
  std::size_t end_ = 0;
  List<std::size_t> cuts_;  // where complete messages end
};

}  // namespace floe::tunnel
