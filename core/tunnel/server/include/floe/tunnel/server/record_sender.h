// Sends the records of the server: control and stream records always, datagrams while they may go.
//
// Records are gathered into messages in the order in which they come. A message is complete when
// another record would take it past kCoalescedMessageSize; a longer record travels alone. Complete
// messages leave at once, the rest by flush(), which the owner calls at the end of its turn:
// nothing waits for a message to fill.
//
// While the channel is full, control records wait in a backlog. They are never dropped.
// kMaxControlBacklog limits how many may wait for a client that stops reading: when
// is_overflowing(), its session must end.
//
// A datagram may go at once when the channel takes messages and no other datagram waits. Otherwise
// it waits in a DatagramScheduler in its full form. The scheduler may drop it; drain() sends it as
// soon as it may go. There is no credit in this direction: a browser reads every message, and the
// channel says when it is full.
//
// Why records are written into a MessageBuilder and not into a buffer here: a gateway's channel
// gives space inside its WebSocket frames, so that a datagram is copied once.
#pragma once

#include "floe/api/message_builder.h"
#include "floe/tunnel/flow/datagram_scheduler.h"
#include "floe/tunnel/records/write_record.h"

namespace floe::tunnel {

class RecordSender {
 public:
  /// Both must outlive the sender.
  RecordSender(MessageBuilder& messages, QueueDropListener& listener)
      : messages_(messages), scheduler_(listener) {}

  /// False when the record is longer than a record can be; then it is not sent.
  template <class R>
  bool control(const R& record) {
    const std::size_t size = encoded_size(record);
    if (size > kMaxRecordSize) return false;
    put(record, size);
    return true;
  }

  /// Whether records of streams may be added now. They must not be dropped, and must not pile up.
  bool takes_streams() const { return !is_full_; }

  /// Whether a datagram goes out without waiting.
  bool may_send() const { return !is_congested(); }
  /// Sends a datagram record of at most kMaxRecordSize bytes; may_send() must have been true.
  template <class R>
  void datagram(const R& record) {
    put(record, encoded_size(record));
  }
  /// Queues `record`, which must be in the full form and have at most kMaxRecordSize bytes.
  template <class R>
  void enqueue(Timestamp now, DatagramClass datagram_class, const R& record) {
    ByteWriter out{scheduler_.push(now, record.socket, datagram_class, encoded_size(record))};
    write_record(out, record);
  }

  /// Sends the datagrams that waited and may go now.
  void drain(Timestamp now);
  /// The end of a turn: as drain(), and also sends the message that is being built.
  void flush(Timestamp now);
  /// The channel takes messages again.
  void on_writable(Timestamp now);

  /// Drops the datagrams that wait for this socket.
  void forget(SocketId socket) { scheduler_.forget(socket); }
  void clear() { scheduler_.clear(); }

  /// A datagram waits, or would have to wait.
  bool is_congested() const { return is_full_ || !scheduler_.empty(); }
  bool is_overflowing() const {
    return message_size_ + backlog_.size() > kMaxMessageSize + kMaxControlBacklog;
  }
  /// Output is left for flush() or for later.
  bool has_output() const { return message_size_ != 0 || !backlog_.empty() || !scheduler_.empty(); }
  std::size_t bytes_waiting() const { return scheduler_.bytes_held(); }
  /// Bytes of memory that the backlog uses, whether something waits there or not.
  std::size_t memory() const { return backlog_.capacity(); }
  /// Frees that memory if the backlog is empty.
  void release();

 private:
  template <class R>
  void put(const R& record, std::size_t size) {
    ByteWriter out{begin_record(size)};
    write_record(out, record);
    end_record();
  }
  void put_encoded(Bytes record);
  /// Space for a record, in the message or in the backlog.
  MutableBytes begin_record(std::size_t size);
  /// Space in the message; empty when the channel is full.
  MutableBytes extend_message(std::size_t size);
  void end_record();
  void end_message();
  void send_backlog();

  MessageBuilder& messages_;
  std::size_t message_size_ = 0;  // of the message that is being built
  bool is_full_ = false;          // the channel is full; only then the backlog has records
  ByteVector backlog_;            // records, one after another
  DatagramScheduler scheduler_;
};

}  // namespace floe::tunnel
