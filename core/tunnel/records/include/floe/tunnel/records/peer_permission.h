// What a server's policy says about one peer of one socket.
#pragma once

#include <cstdint>
#include <string_view>

#include "floe/types/time.h"

namespace floe::tunnel {

enum class PermissionState : std::uint8_t {
  pending = 0,  ///< only messages that ask for consent may pass: connectivity checks
  open = 1,     ///< everything may pass
  denied = 2,   ///< nothing may pass until the server says otherwise; a client need not even try
};

/// The numbers are those of the PERMISSION record.
enum class DenyReason : std::uint8_t {
  none = 0,
  address = 1,  ///< the policy denies this range of addresses
  port = 2,     ///< the policy denies this port
  consent = 3,  ///< the peer has not agreed to receive
  rate = 4,     ///< too much data, or too many peers, in too short a time
  quota = 5,    ///< the session has used up its share
};

constexpr std::string_view to_text(DenyReason reason) {
  switch (reason) {
    case DenyReason::none:
      return "not denied";
    case DenyReason::address:
      return "the gateway does not send to this address";
    case DenyReason::port:
      return "the gateway does not send to this port";
    case DenyReason::consent:
      return "the peer has not consented";
    case DenyReason::rate:
      return "too much too fast";
    case DenyReason::quota:
      return "quota used up";
  }
  return "?";
}

/// Open for as long as the socket lives.
inline constexpr Duration kUnlimited = Duration::max();

/// What the server's policy says about a peer. This is not a permission of TURN (RFC 8656, section
/// 9): a TURN client asks for its permissions, here the server tells the client.
struct PeerPermission {
  PermissionState state = PermissionState::pending;
  DenyReason reason = DenyReason::none;  ///< other than none when denied
  Duration lasts = Duration::zero();     ///< the time left, when open; milliseconds on the wire

  bool operator==(const PeerPermission&) const = default;
};

}  // namespace floe::tunnel
