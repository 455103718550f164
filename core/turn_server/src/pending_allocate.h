// An Allocate whose sockets the host has still to open.
#pragma once

#include <array>
#include <optional>

#include "allocate_request.h"
#include "allocation.h"
#include "request_context.h"

namespace floe::turn {

struct PendingAllocate {
  enum Role : std::uint8_t { main_relay, reserved_relay, additional_relay };

  struct Opening {
    RelayId id;
    TransportAddress local;
    bool is_open = false;
  };

  PendingAllocate(RequestContext context, const AllocateRequest& asked)
      : request(std::move(context)), wanted(asked) {}

  bool is_settled() const {
    for (const auto& opening : openings) {
      if (opening && !opening->is_open) return false;
    }
    return true;
  }
  /// An opening with this id must exist.
  Role role_of(RelayId id) const {
    if (openings[main_relay] && openings[main_relay]->id == id) return main_relay;
    return openings[reserved_relay] && openings[reserved_relay]->id == id ? reserved_relay
                                                                          : additional_relay;
  }

  RequestContext request;
  AllocateRequest wanted;
  std::array<std::optional<Opening>, 3> openings;  ///< by role
  std::optional<UserQuota::Token> reserved_token;  ///< the quota of the reserved port
  int tries_left = 8;                              ///< attempts left to find a port that is free
};

}  // namespace floe::turn
