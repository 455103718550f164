#include "floe/tunnel/flow/record_sender.h"

#include <algorithm>

namespace floe::tunnel {

void RecordSender::add_credit(std::uint32_t bytes) {
  if (credit_ == kNoLimit) return;
  credit_ += std::min<std::uint64_t>(bytes, kNoLimit - 1 - credit_);
}

void RecordSender::drain(Timestamp now) {
  while (outbox_.is_open() && !scheduler_.empty()) {
    const Bytes record = scheduler_.front(now);
    if (record.empty() || record.size() > credit_) return;
    spend(record.size());
    outbox_.add_encoded(record);
    scheduler_.pop();
  }
}

void RecordSender::flush(Timestamp now) {
  drain(now);
  outbox_.flush();
}

void RecordSender::on_writable(Timestamp now) {
  outbox_.on_writable();
  flush(now);
}

}  // namespace floe::tunnel
