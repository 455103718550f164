// Makes allocations and ends them: picks ports, has the host open sockets, answers when they are
// open, keeps what EVEN-PORT reserved, and lets go of what nobody refreshed (RFC 8656,
// section 7.2).
//
// An allocation whose sockets are being opened is in the table already, so that a retransmission
// does not make another one; it is answered once, when all is settled.
#pragma once

#include <vector>

#include "allocate_request.h"
#include "floe/turn_server/allocation_table.h"
#include "floe/turn_server/relay_failure.h"
#include "floe/turn_server/server_config.h"
#include "pending_allocate.h"
#include "responder.h"

namespace floe::turn {

class Allocator {
 public:
  Allocator(ServerHost& host, RandomSource& random, AllocationTable& table, Responder& responder,
            ServerCounters& counters, const ServerConfig& config);

  /// Of a user who proved it, from where there is no allocation yet.
  void allocate(Timestamp now, const ClientPath& path, RequestContext context,
                const AllocateRequest& asked, std::string_view user);
  /// Once more what the request that made it was told (section 7.2, step 2).
  void answer_again(Timestamp now, const Allocation& allocation, const RequestContext& context);

  void on_relay_opened(Timestamp now, RelayId relay);
  void on_relay_failed(Timestamp now, RelayId relay, RelayFailure failure);

  void set_lifetime(Timestamp now, Relay& relay, Duration lifetime);
  /// Gone with its last relay.
  void release(Timestamp now, Allocation& allocation, Family family);
  void release_all(Timestamp now, Allocation& allocation);
  void expire(Timestamp now);

  bool serves(Family family) const { return ports_of(family) != nullptr; }
  /// Whether relays have this address.
  bool is_advertised(const IpAddress& ip) const;
  const UserQuota& quota() const { return quota_; }

 private:
  /// Where relays of one family live.
  struct Site {
    RelayAddress address;
    RelayPorts ports;
  };
  struct Reservation {
    ReservationToken token;
    Relay relay;
    UserQuota::Token quota;
  };

  const Site* ports_of(Family family) const;
  Site& site_of(Family family);
  std::uint16_t quota_error(UserQuota::Refusal refusal) const;
  void take_reserved(Timestamp now, const ClientPath& path, RequestContext context,
                     const AllocateRequest& asked, std::string_view user);
  bool open_main(Timestamp now, Allocation& allocation);
  bool open(Allocation& allocation, PendingAllocate::Role role, const IpAddress& ip,
            std::uint16_t port);
  void abandon(Timestamp now, Allocation& allocation, PendingAllocate::Role role);
  void settle(Timestamp now, Allocation& allocation);
  void fail(Timestamp now, Allocation& allocation);
  Relay establish(Timestamp now, const PendingAllocate::Opening& opening, Duration lifetime);
  void close(Timestamp now, const Relay& relay);

  ServerHost& host_;
  RandomSource& random_;
  AllocationTable& table_;
  Responder& responder_;
  ServerCounters& counters_;
  std::vector<Site> sites_;
  UserQuota quota_;
  std::vector<Reservation> reservations_;
};

}  // namespace floe::turn
