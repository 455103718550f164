// Sends the records of the server: control and streams always, datagrams while they may.
//
// Records are gathered into messages in the order in which they come. A message is complete when
// another record would take it past kCoalescedMessageSize; a longer record travels alone. Complete
// messages leave at once, the rest by flush(), which the owner calls at the end of its turn:
// nothing waits for a message to fill.
//
// While the channel is full control waits in a backlog. It is never dropped, so an end that stops
// reading costs kMaxControlBacklog and not more: when is_overflowing(), its session must end.
//
// A datagram may go while the channel takes messages and no other waits before it; else it is put
// into a DatagramScheduler in its full form, where it can still be dropped and from which drain()
// moves it as soon as it may go. There is no credit in this direction: a browser reads all that
// comes, and the channel says when it is full.
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

  /// Whether a record of a stream, which must not be dropped, may be added without piling up.
  bool takes_streams() const { return !is_full_; }

  /// Whether a datagram goes out without waiting.
  bool may_send() const { return !is_congested(); }
  /// A record with a datagram, of at most kMaxRecordSize bytes, for which may_send() was true.
  template <class R>
  void datagram(const R& record) {
    put(record, encoded_size(record));
  }
  /// For later: `record` is in the full form, at most kMaxRecordSize bytes.
  template <class R>
  void enqueue(Timestamp now, DatagramClass datagram_class, const R& record) {
    ByteWriter out{scheduler_.push(now, record.socket, datagram_class, encoded_size(record))};
    write_record(out, record);
  }

  /// Sends the datagrams that waited and may go now.
  void drain(Timestamp now);
  /// As drain(), and the message that is being built: the end of a turn.
  void flush(Timestamp now);
  /// The channel takes messages again.
  void on_writable(Timestamp now);

  /// Drops the datagrams that wait for this socket.
  void forget(SocketId socket) { scheduler_.forget(socket); }
  void clear() { scheduler_.clear(); }

  /// Something waits, or would have to.
  bool is_congested() const { return is_full_ || !scheduler_.empty(); }
  bool is_overflowing() const {
    return message_size_ + backlog_.size() > kMaxMessageSize + kMaxControlBacklog;
  }
  /// Something is left for flush() or for later.
  bool has_output() const { return message_size_ != 0 || !backlog_.empty() || !scheduler_.empty(); }
  std::size_t bytes_waiting() const { return scheduler_.bytes_held(); }
  /// Bytes of memory that the backlog uses, whether something waits there or not.
  std::size_t memory() const { return backlog_.capacity(); }
  /// Gives that memory back, when nothing waits there.
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
  bool is_full_ = false;          // the channel took no more; only then something is in the backlog
  ByteVector backlog_;            // records, one after another
  DatagramScheduler scheduler_;
};

}  // namespace floe::tunnel
