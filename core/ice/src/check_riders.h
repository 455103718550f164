// The payload of one generation's checks: whether the peer gets it, and how it is taken and given.
#pragma once

#include "agent_core.h"
#include "floe/ice/check_payload.h"
#include "floe/ice/description.h"
#include "floe/stun/message_builder.h"
#include "floe/stun/message_view.h"

namespace floe::ice {

class CheckRiders {
 public:
  /// `remote` is empty until the peer's description has come. Both must outlive the object.
  CheckRiders(AgentCore& core, const std::optional<SessionDescription>& remote)
      : core_(core), remote_(remote) {}

  CheckRider take(Timestamp now, StreamComponent component, RidesIn where) const;
  /// `message` is authenticated.
  void give(Timestamp now, StreamComponent component, const stun::MessageView& message) const;

 private:
  AgentCore& core_;
  const std::optional<SessionDescription>& remote_;
};

/// Adds the rider, without its datagram if there is no room for it before the two attributes that
/// end each check and each answer.
void add_rider(stun::MessageBuilder& builder, const CheckRider& rider);

}  // namespace floe::ice
