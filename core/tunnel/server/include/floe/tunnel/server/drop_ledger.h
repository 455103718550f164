// The server's account of dropped datagrams, by socket and reason, and when to report it.
//
// Socket 0 stands for what no open socket can be blamed for. DROPPED records carry totals, so a
// reader that misses none and one that joins two see the same.
#pragma once

#include "floe/tunnel/flow/record_sender.h"
#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/records/ids.h"
#include "floe/types/list.h"
#include "floe/types/time.h"

namespace floe::tunnel {

class DropLedger {
 public:
  void count(SocketId socket, DropReason reason, std::uint32_t count = 1);

  /// When report() has something to say; kNever while nothing changed.
  Timestamp deadline() const { return changed_ ? next_report_ : kNever; }
  /// Sends the totals that changed, unless the last report was less than kDropReportInterval ago.
  void report(Timestamp now, RecordSender& sender);
  /// Sends the last totals of a socket that closes, and begins anew.
  void close(SocketId socket, RecordSender& sender);

  /// Of all sockets that ever were.
  std::uint64_t total() const { return total_; }

 private:
  struct Account {
    DropCounters totals;
    bool changed = false;
  };

  List<Account> accounts_;  // by socket id
  bool changed_ = false;
  Timestamp next_report_{};
  std::uint64_t total_ = 0;
};

}  // namespace floe::tunnel
