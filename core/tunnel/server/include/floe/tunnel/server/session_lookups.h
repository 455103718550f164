// The lookups of host names that one server session has in progress (PROTOCOL.md, section 10).
//
// Limits: kMaxLookups at a time, SessionLimits::lookups_per_second begun within a second. Each
// lookup makes the server query other servers, and a session must not be a way to flood them.
#pragma once

#include <span>
#include <vector>

#include "floe/tunnel/records/record.h"
#include "floe/tunnel/server/record_sender.h"
#include "floe/tunnel/server/server_host.h"

namespace floe::tunnel {

class SessionLookups {
 public:
  /// Both must outlive the lookups.
  SessionLookups(ServerHost& host, RecordSender& sender) : host_(host), sender_(sender) {}

  /// HELLO was accepted.
  void start(const SessionLimits& limits) { per_second_ = limits.lookups_per_second; }
  /// The session is over: answers that come later are ignored.
  void close_all() { open_.clear(); }

  void handle(Timestamp now, const Resolve& resolve);
  /// The answer to ServerHost::resolve(), once for each call. The client is told at most
  /// kMaxResolvedAddresses.
  void handle_resolved(LookupId lookup, LookupStatus status, std::span<const IpAddress> addresses);

 private:
  bool may_begin(Timestamp now);

  ServerHost& host_;
  RecordSender& sender_;
  std::uint16_t per_second_ = 0;
  std::vector<LookupId> open_;
  Timestamp second_began_{};
  std::uint16_t begun_ = 0;  // in that second
};

}  // namespace floe::tunnel
