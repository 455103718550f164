// The requests of an allocation's owner: Refresh, CreatePermission and ChannelBind (RFC 8656,
// sections 8, 10 and 12.3).
#pragma once

#include "allocator.h"
#include "floe/turn_server/peer_policy.h"

namespace floe::turn {

class AllocationRequests {
 public:
  AllocationRequests(Allocator& allocator, const PeerPolicy& policy, Responder& responder)
      : allocator_(allocator), policy_(policy), responder_(responder) {}

  // Each function sends the answer; `allocation` may be deleted afterwards.
  void refresh(Timestamp now, Allocation& allocation, const stun::MessageView& request,
               const RequestContext& context);
  void create_permission(Timestamp now, Allocation& allocation, const stun::MessageView& request,
                         const RequestContext& context);
  void bind_channel(Timestamp now, Allocation& allocation, const stun::MessageView& request,
                    const RequestContext& context);

 private:
  /// 0, or why `peer` may not be a peer of this allocation.
  std::uint16_t objection_to(Allocation& allocation, const TransportAddress& peer) const;
  void succeed(const Allocation& allocation, const RequestContext& context);

  Allocator& allocator_;
  const PeerPolicy& policy_;
  Responder& responder_;
};

}  // namespace floe::turn
