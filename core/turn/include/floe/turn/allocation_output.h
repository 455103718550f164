// The outputs of ClientAllocation::poll_output(): messages to send, and events.
//
// Outputs are plain bytes: lists and texts in them are views, valid until the next call of the
// allocation.
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

/// Bytes of a server's reason phrase that are passed on.
inline constexpr std::uint8_t kReasonShownMax = 64;
using Reason = ShortText<kReasonShownMax>;

/// Used instead of an error code when the server gave none: nothing was heard of it.
inline constexpr std::uint16_t kNoCode = 0;
/// Used instead of an error code when the server, or a device on the way, is at fault: its answers
/// are not authentic, or have not what they must have.
inline constexpr std::uint16_t kUnusableAnswer = 1;

/// Send this to the server: one datagram over UDP, the next bytes of the stream over TCP and TLS.
struct Transmit {
  Bytes message;
};

struct Allocated {
  /// One address, or one of each family; valid as long as the allocation.
  std::span<const TransportAddress> relayed;
  std::optional<TransportAddress> mapped;  ///< the client as the server sees it
  Duration lifetime;                       ///< as granted by the server, not as asked for
};

/// There is no allocation, and another request would not help. The last event.
struct AllocationFailed {
  std::uint16_t code;  ///< of STUN or TURN, or kNoCode, or kUnusableAnswer
  Reason reason;       ///< the server's reason phrase, untrusted; without its code our own text
};

/// The allocation existed, and is lost. The last event; another allocation can be made, from
/// another port or stream, and without any state of this one (RFC 8656, section 7.4 on 437).
struct AllocationLost {
  std::uint16_t code;
  Reason reason;
};

/// 300 (Try Alternate). The last event: the owner decides whether to ask that server.
struct Redirected {
  TransportAddress server;
  /// The name in its certificate; empty: the same as before. A view of the message that was
  /// handled.
  std::string_view domain;
};

/// Nothing can be relayed to this peer; the other peers are not affected.
struct PeerRefused {
  IpAddress peer;
  std::uint16_t code;
};

/// A datagram from a peer that has a permission.
struct PeerData {
  TransportAddress peer;
  Bytes payload;  ///< a view of the message that was handled
};

using AllocationOutput = std::variant<Transmit, Allocated, AllocationFailed, AllocationLost,
                                      Redirected, PeerRefused, PeerData>;

}  // namespace floe::turn
