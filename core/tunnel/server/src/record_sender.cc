#include "floe/tunnel/server/record_sender.h"

#include <algorithm>

namespace floe::tunnel {
namespace {

/// The size of the first record of `records`, from its header.
std::size_t record_size(Bytes records) {
  return kRecordHeaderSize + (std::size_t{records[2]} << 8 | records[3]);
}

}  // namespace

void RecordSender::drain(Timestamp now) {
  while (!is_full_ && !scheduler_.empty()) {
    const Bytes record = scheduler_.front(now);
    if (record.empty()) return;
    put_encoded(record);
    scheduler_.pop();
  }
}

void RecordSender::flush(Timestamp now) {
  drain(now);
  if (!is_full_ && message_size_ != 0) end_message();
}

void RecordSender::on_writable(Timestamp now) {
  if (is_full_) {
    is_full_ = false;
    if (message_size_ != 0) end_message();
    send_backlog();
  }
  flush(now);
}

void RecordSender::release() {
  // Not `= {}`, which would keep the capacity.
  if (backlog_.empty()) backlog_ = ByteVector();
}

void RecordSender::put_encoded(Bytes record) {
  std::ranges::copy(record, begin_record(record.size()).begin());
  end_record();
}

MutableBytes RecordSender::begin_record(std::size_t size) {
  const MutableBytes space = extend_message(size);
  if (!space.empty()) return space;
  backlog_.resize(backlog_.size() + size);
  return MutableBytes{backlog_}.last(size);
}

MutableBytes RecordSender::extend_message(std::size_t size) {
  if (!is_full_ && message_size_ != 0 && message_size_ + size > kCoalescedMessageSize) {
    end_message();
  }
  if (is_full_) return {};
  const MutableBytes space = messages_.extend(size);
  is_full_ = space.empty();
  message_size_ += space.size();
  return space;
}

void RecordSender::end_record() {
  if (!is_full_ && message_size_ >= kCoalescedMessageSize) end_message();
}

void RecordSender::end_message() {
  is_full_ = !messages_.end_message();
  if (!is_full_) message_size_ = 0;
}

void RecordSender::send_backlog() {
  std::size_t sent = 0;
  while (sent < backlog_.size()) {
    const Bytes rest = Bytes{backlog_}.subspan(sent);
    const Bytes record = rest.first(record_size(rest));
    const MutableBytes space = extend_message(record.size());
    if (space.empty()) break;
    std::ranges::copy(record, space.begin());
    end_record();
    sent += record.size();
  }
  backlog_.erase(backlog_.begin(), backlog_.begin() + static_cast<std::ptrdiff_t>(sent));
}

}  // namespace floe::tunnel
