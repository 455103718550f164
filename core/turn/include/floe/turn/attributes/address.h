// The transport addresses of TURN (RFC 8656, sections 18.3 and 18.5).
#pragma once

#include "floe/stun/attributes/address.h"

namespace floe::turn {

/// The peer as the server sees it. A CreatePermission may have several.
using XorPeerAddress = stun::XorAddress<stun::AttributeType::xor_peer_address>;
/// The relayed address; two of them when a second family was asked for.
using XorRelayedAddress = stun::XorAddress<stun::AttributeType::xor_relayed_address>;

}  // namespace floe::turn
