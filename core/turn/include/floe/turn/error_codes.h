// The error codes that TURN adds to those of STUN (RFC 8656, section 19).
#pragma once

#include <cstdint>

namespace floe::turn {

inline constexpr std::uint16_t kForbidden = 403;           ///< by a policy of the server
inline constexpr std::uint16_t kAllocationMismatch = 437;  ///< an allocation exists, or is missing
inline constexpr std::uint16_t kAddressFamilyNotSupported = 440;
inline constexpr std::uint16_t kWrongCredentials = 441;  ///< not those of the Allocate
inline constexpr std::uint16_t kUnsupportedTransport = 442;
inline constexpr std::uint16_t kPeerAddressFamilyMismatch = 443;
inline constexpr std::uint16_t kAllocationQuotaReached = 486;  ///< of this user
inline constexpr std::uint16_t kInsufficientCapacity = 508;    ///< of the server

}  // namespace floe::turn
