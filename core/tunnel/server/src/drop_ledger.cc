#include "floe/tunnel/server/drop_ledger.h"

#include "floe/tunnel/records/socket_records.h"
#include "floe/tunnel/server/record_sender.h"
#include "floe/tunnel/server/session_limits.h"

namespace floe::tunnel {

void DropLedger::count(SocketId socket, DropReason reason, std::uint32_t count) {
  if (accounts_.size() <= socket.value()) accounts_.resize(socket.value() + std::size_t{1});
  Account& account = accounts_[socket.value()];
  account.totals.add(reason, count);
  account.changed = true;
  changed_ = true;
  total_ += count;
  all_.add(reason, count);
}

void DropLedger::on_queue_drop(SocketId socket, QueueDrop why, std::uint32_t dropped) {
  switch (why) {
    case QueueDrop::full:
      return count(socket, DropReason::in_queue_full, dropped);
    case QueueDrop::too_old:
      return count(socket, DropReason::in_too_old, dropped);
    case QueueDrop::socket_closed:
      return count(socket, DropReason::in_no_socket, dropped);
  }
}

void DropLedger::report(Timestamp now, RecordSender& sender) {
  if (now < deadline()) return;
  for (std::size_t i = 0; i < accounts_.size(); ++i) {
    Account& account = accounts_[i];
    if (!account.changed) continue;
    sender.control(Dropped{SocketId{static_cast<std::uint16_t>(i)}, account.totals});
    account.changed = false;
  }
  changed_ = false;
  next_report_ = now + kDropReportInterval;
}

void DropLedger::close(SocketId socket, RecordSender& sender) {
  if (accounts_.size() <= socket.value()) return;
  Account& account = accounts_[socket.value()];
  if (account.changed) sender.control(Dropped{socket, account.totals});
  account = {};
}

}  // namespace floe::tunnel
