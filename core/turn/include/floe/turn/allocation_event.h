// What an allocation tells its owner. Lists and texts are lent, so that an event is plain bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/short_text.h"
#include "floe/types/time.h"

namespace floe::turn {

/// Bytes of a server's words that are passed on.
inline constexpr std::uint8_t kReasonShownMax = 64;
using Reason = ShortText<kReasonShownMax>;

/// In the place of a server's code, where the server gave none: silence, or an answer that cannot
/// be used.
inline constexpr std::uint16_t kNoCode = 0;

struct Allocated {
  /// One, or one of each family; lives as long as the allocation.
  std::span<const TransportAddress> relayed;
  std::optional<TransportAddress> mapped;  ///< the client as the server sees it
  Duration lifetime;                       ///< the server's word, not what was asked for
};

/// There is no allocation, and asking again would not help. The last event.
struct AllocationFailed {
  std::uint16_t code;  ///< of STUN or TURN, or kNoCode
  Reason reason;       ///< the server's words, untrusted, or ours when it has no code
};

/// There was an allocation. The last event; another one can be made, from another port or stream,
/// and with nothing of what this one knew (RFC 8656, section 7.4 on 437).
struct AllocationLost {
  std::uint16_t code;
  Reason reason;
};

/// 300 (Try Alternate). The last event: whether to go there is for the owner to say.
struct Redirected {
  TransportAddress server;
  /// The name in its certificate; empty: the same as before. A view of what the owner gave.
  std::string_view domain;
};

/// Nothing can be relayed to this peer; all others are as they were.
struct PeerRefused {
  IpAddress peer;
  std::uint16_t code;
};

/// A datagram from a peer for whom there is a permission.
struct PeerData {
  TransportAddress peer;
  Bytes payload;  ///< a view of what the owner gave
};

using AllocationEvent =
    std::variant<Allocated, AllocationFailed, AllocationLost, Redirected, PeerRefused, PeerData>;

}  // namespace floe::turn
