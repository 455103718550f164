// Makes allocations and ends them: picks ports, has the host open sockets, answers when they are
// open, keeps the ports that EVEN-PORT reserved, and deletes allocations that expired (RFC 8656,
// section 7.2).
//
// An allocation whose sockets are being opened is in the table already, so that a retransmission
// does not make another one; it is answered once, when the result is known.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "allocate_request.h"
#include "allocation_table.h"
#include "floe/turn_server/relay_failure.h"
#include "floe/turn_server/server_config.h"
#include "pending_allocate.h"
#include "responder.h"

namespace floe::turn {

class Allocator {
 public:
  Allocator(ServerHost& host, RandomSource& random, UserQuota& quota, AllocationTable& table,
            Responder& responder, ServerCounters& counters, const ServerConfig& config);

  /// An authenticated Allocate on a five-tuple without an allocation.
  void allocate(Timestamp now, const ClientPath& path, RequestContext context,
                const AllocateRequest& asked, std::string_view user);
  /// Repeats the answer to the request that made the allocation (section 7.2, step 2).
  void answer_again(Timestamp now, const Allocation& allocation, const RequestContext& context);

  void on_relay_opened(Timestamp now, RelayId relay);
  void on_relay_failed(Timestamp now, RelayId relay, RelayFailure failure);

  void set_lifetime(Timestamp now, Relay& relay, Duration lifetime);
  /// Closes the relay of `family`. The allocation is deleted with its last relay.
  void release(Timestamp now, Allocation& allocation, Family family);
  void release_all(Timestamp now, Allocation& allocation);
  void expire(Timestamp now);

  bool serves(Family family) const { return sites_[static_cast<std::size_t>(family)].has_value(); }
  /// Whether relays have this address.
  bool is_advertised(const IpAddress& ip) const;

 private:
  /// The address and the ports for relays of one family.
  struct Site {
    RelayAddress address;
    RelayPorts ports;
  };
  struct Reservation {
    ReservationToken token;
    Relay relay;
    UserQuota::Token quota;
  };

  /// The server must serve `family`.
  Site& site_of(Family family) { return *sites_[static_cast<std::size_t>(family)]; }
  static std::uint16_t error_of(UserQuota::Refusal refusal);
  void take_reserved(Timestamp now, const ClientPath& path, RequestContext context,
                     const AllocateRequest& asked, std::string_view user);
  bool open_main(Timestamp now, Allocation& allocation);
  void open(Allocation& allocation, PendingAllocate::Role role, const IpAddress& ip,
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
  std::array<std::optional<Site>, 2> sites_;  // by family
  UserQuota& quota_;
  std::vector<Reservation> reservations_;
};

}  // namespace floe::turn
