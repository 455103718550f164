#include "uplink.h"

#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {

void Uplink::datagram(Timestamp now, const Send& full, std::optional<PeerId> peer) {
  const std::size_t size = encoded_size(full);
  if (!may_send(size)) {
    ByteWriter out{waiting_.push(now, full.socket, class_of(full.payload), size)};
    return write_record(out, full);
  }
  if (peer) return add_datagram(SendShort{full.socket, full.stamp, *peer, full.payload});
  add_datagram(full);
}

bool Uplink::may_send(std::size_t record_size) const {
  return !blocked_ && waiting_.empty() && record_size <= credit_.left();
}

void Uplink::handle_channel_drained(Timestamp now) {
  blocked_ = false;
  flush(now);
}

void Uplink::flush(Timestamp now) {
  flushing_ = true;
  flushed_at_ = now;
}

bool Uplink::complete_message() {
  while (messages_.complete().empty() && add_waiting()) {
  }
  if (messages_.complete().empty()) {
    flushing_ = false;
    messages_.cut();
  }
  return !messages_.complete().empty();
}

/// Moves the next waiting datagram into a message. False when none may go.
bool Uplink::add_waiting() {
  if (waiting_.empty()) return false;
  const Bytes record = waiting_.front(flushed_at_);
  if (record.empty() || record.size() > credit_.left()) return false;
  credit_.spend(record.size());
  messages_.append_encoded(record);
  waiting_.pop();
  return true;
}

void Uplink::close() {
  clear();
  blocked_ = true;
  flushing_ = false;
}

bool Uplink::is_overflowing() const {
  return messages_.size() > kMaxMessageSize + kMaxControlBacklog;
}

void Uplink::on_queue_drop(SocketId, QueueDrop why, std::uint32_t count) {
  switch (why) {
    case QueueDrop::full:
      return dropped_.add(DropReason::out_queue_full, count);
    case QueueDrop::too_old:
      return dropped_.add(DropReason::out_too_old, count);
    case QueueDrop::socket_closed:
      return dropped_.add(DropReason::out_no_socket, count);
  }
}

}  // namespace floe::tunnel
