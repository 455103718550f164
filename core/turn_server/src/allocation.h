// The state that a server keeps for one client (RFC 8656, section 3.2): its five-tuple, a relayed
// address of one family or of both, and its permissions and channels.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "floe/stun/message.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn_server/channel_table.h"
#include "floe/turn_server/client_path.h"
#include "floe/turn_server/relay_id.h"
#include "permission_table.h"
#include "user_quota.h"

namespace floe::turn {

struct PendingAllocate;

/// One relayed address. The two relayed addresses of an allocation have their own times to live
/// (section 3.9).
struct Relay {
  RelayId id;
  TransportAddress local;       ///< the address that the host has bound
  TransportAddress advertised;  ///< the address that client and peers know
  Timestamp expires;
};

struct Allocation {
  Allocation(const ClientPath& client_path, UserQuota::Token user_token);
  ~Allocation();

  ClientPath path;
  UserQuota::Token token;
  stun::TransactionId allocate_id{};           ///< of its Allocate, to recognize retransmissions
  std::array<std::optional<Relay>, 2> relays;  ///< by family
  std::optional<ReservationToken> reserved;    ///< for the port that the Allocate reserved
  std::uint16_t additional_error = 0;  ///< why there is no second family, if one was asked for
  PermissionTable permissions;
  ChannelTable channels;
  std::unique_ptr<PendingAllocate> pending;  ///< until its sockets are open; relays nothing yet

  std::optional<Relay>& relay_of(Family family) { return relays[static_cast<std::size_t>(family)]; }
  bool has_relays() const { return relays[0].has_value() || relays[1].has_value(); }
};

}  // namespace floe::turn
