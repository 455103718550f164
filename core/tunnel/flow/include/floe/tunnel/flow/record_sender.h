// Sends the records of one end of the tunnel: control always, datagrams while they may go.
//
// A datagram may go while the channel takes messages, credit lasts and none waits before it; else
// it is put into a DatagramScheduler in its full form, from which drain() takes it as soon as it
// may. The client's credit is what the server granted; a server has no limit but the channel.
#pragma once

#include <limits>

#include "floe/tunnel/flow/datagram_scheduler.h"
#include "floe/tunnel/flow/outbox.h"

namespace floe::tunnel {

class RecordSender {
 public:
  static constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

  /// Both must outlive the sender.
  RecordSender(MessageSink& sink, QueueDropListener& listener, std::uint64_t credit)
      : outbox_(sink), scheduler_(listener), credit_(credit) {}

  void control(const RecordRef& record) { outbox_.add(record); }

  /// Whether what must not be dropped may be added without piling up.
  bool takes_streams() const { return outbox_.is_open(); }

  /// Whether a datagram record of that size goes out without waiting.
  bool may_send(std::size_t record_size) const {
    return outbox_.is_open() && scheduler_.empty() && record_size <= credit_;
  }

  /// Only when may_send() its size.
  void datagram(const RecordRef& record) {
    spend(record.encoded_size());
    outbox_.add(record);
  }

  /// For later, `record` being in the full form.
  template <class R>
  void enqueue(Timestamp now, DatagramClass datagram_class, const R& record) {
    ByteWriter out{scheduler_.push(now, record.socket, datagram_class, record.encoded_size())};
    RecordRef(record).write(out);
  }

  void add_credit(std::uint32_t bytes);
  /// Sends what waited and may go now.
  void drain(Timestamp now);
  /// As drain(), and what the outbox still holds: the end of a turn.
  void flush(Timestamp now);
  void on_writable(Timestamp now);

  /// Drops what waits for this socket.
  void forget(SocketId socket) { scheduler_.forget(socket); }
  void clear() { scheduler_.clear(); }

  /// Something waits, or would have to.
  bool is_congested() const { return !outbox_.is_open() || !scheduler_.empty(); }
  bool is_overflowing() const { return outbox_.is_overflowing(); }
  bool has_output() const { return !outbox_.empty() || !scheduler_.empty(); }
  std::uint64_t credit() const { return credit_; }
  std::size_t bytes_waiting() const { return scheduler_.bytes_held(); }
  /// Gives memory back, when nothing is held.
  void release() { outbox_.release(); }

 private:
  void spend(std::size_t bytes) {
    if (credit_ != kNoLimit) credit_ -= bytes;
  }

  Outbox outbox_;
  DatagramScheduler scheduler_;
  std::uint64_t credit_;
};

}  // namespace floe::tunnel
