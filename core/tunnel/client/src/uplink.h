// Sends a client's records to the gateway: control records always, datagrams while they may go.
//
// Records are gathered into messages, which the driver polls. A message is complete at
// kCoalescedMessageSize, or at the end of a turn: flush(), and then continue_flush() until it has
// nothing left to do.
//
// A datagram may go at once when the channel takes messages, the server's credit is enough and no
// other datagram waits. Otherwise it waits in a DatagramScheduler in its full form; the oldest are
// dropped and counted. Control records are never dropped. kMaxControlBacklog limits how many may
// wait for a gateway that does not read: when is_overflowing(), the session must end.
#pragma once

#include <optional>

#include "floe/tunnel/flow/datagram_scheduler.h"
#include "floe/tunnel/flow/send_credit.h"
#include "floe/tunnel/records/datagram_records.h"
#include "floe/tunnel/records/drop_reason.h"
#include "message_queue.h"

namespace floe::tunnel {

class Uplink final : private QueueDropListener {
 public:
  template <class R>
  void control(const R& record) {
    messages_.append(record);
  }
  /// Takes the short form when `peer` is an id that the server knows, unless the datagram has to
  /// wait.
  void datagram(Timestamp now, const Send& full, std::optional<PeerId> peer);

  /// Whether a datagram record of `size` bytes would go on at once, and not wait.
  bool takes_datagram(std::size_t size) const { return may_send(size); }
  /// Whether bytes of a connection can be added without piling up.
  bool takes_streams() const { return !blocked_; }
  void add_credit(std::uint32_t bytes) { credit_.add(bytes); }

  /// The next complete message; empty when there is none or the channel is full. It is the same
  /// until handle_message_sent() or handle_channel_full().
  Bytes next_message() const {
    return blocked_ || messages_.empty() ? Bytes{} : messages_.complete();
  }
  void handle_message_sent() { messages_.pop(); }
  void handle_channel_full() { blocked_ = true; }
  void handle_channel_drained(Timestamp now);

  /// Begins the end of a turn: continue_flush() then completes messages of all records that may go.
  void flush(Timestamp now);
  /// Completes the next message. False when no record that may go is left.
  bool continue_flush() { return flushing_ && !blocked_ && complete_message(); }

  /// Drops the datagrams that wait for this socket.
  void forget(SocketId socket) { waiting_.forget(socket); }
  /// Drops all datagrams that wait.
  void clear() { waiting_.clear(); }
  /// Sends nothing from now on.
  void close();

  bool has_output() const { return !messages_.empty() || !waiting_.empty(); }
  bool is_overflowing() const;
  /// Counts the waiting datagrams that were dropped.
  const DropCounters& dropped() const { return dropped_; }

  /// Remembers until begin_turn() that the session needs a flush().
  void want_flush() { flush_wanted_ = true; }
  bool wants_flush() const { return flush_wanted_; }
  void begin_turn() { flush_wanted_ = false; }

 private:
  void on_queue_drop(SocketId socket, QueueDrop why, std::uint32_t count) override;
  bool may_send(std::size_t record_size) const;
  template <class R>
  void add_datagram(const R& record) {
    credit_.spend(encoded_size(record));
    messages_.append(record);
  }
  bool complete_message();
  bool add_waiting();

  MessageQueue messages_;
  DatagramScheduler waiting_{*this};
  DropCounters dropped_;
  SendCredit credit_;     // for datagram records
  bool blocked_ = false;  // the channel is full, or closed
  bool flushing_ = false;
  Timestamp flushed_at_{};
  bool flush_wanted_ = false;
};

}  // namespace floe::tunnel
