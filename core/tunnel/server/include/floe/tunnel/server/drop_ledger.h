// The server's account of dropped datagrams, by socket and reason, and when to report it.
//
// Socket 0 stands for drops that belong to no open socket. DROPPED records carry totals, so a
// client that skips one report still gets the right numbers.
#pragma once

#include "floe/tunnel/flow/datagram_scheduler.h"
#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/records/ids.h"
#include "floe/types/list.h"
#include "floe/types/time.h"

namespace floe::tunnel {

class RecordSender;

class DropLedger final : public QueueDropListener {
 public:
  void count(SocketId socket, DropReason reason, std::uint32_t count = 1);
  /// Counts datagrams for the client that were dropped while they waited for the downlink.
  void on_queue_drop(SocketId socket, QueueDrop why, std::uint32_t count) override;

  /// The time of the next report(); kNever while no counter has changed.
  Timestamp deadline() const { return changed_ ? next_report_ : kNever; }
  /// Sends the totals that changed, unless the last report was less than kDropReportInterval ago.
  void report(Timestamp now, RecordSender& sender);
  /// Sends the last totals of a socket that closes, and starts again from zero.
  void close(SocketId socket, RecordSender& sender);

  /// The sum over all sockets of the session, closed sockets included.
  std::uint64_t total() const { return total_; }
  /// The same by reason.
  const DropCounters& all() const { return all_; }

 private:
  struct Account {
    DropCounters totals;
    bool changed = false;
  };

  List<Account> accounts_;  // by socket id
  bool changed_ = false;
  Timestamp next_report_{};
  std::uint64_t total_ = 0;
  DropCounters all_;
};

}  // namespace floe::tunnel
