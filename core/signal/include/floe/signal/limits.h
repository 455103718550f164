// Everything that signalling reads or holds has a limit, and this is where it has its name.
//
// Sizes are in bytes of UTF-8 as it is inside the string, escapes resolved. What the limits are for
// strangers to know is in PROTOCOL.md beside this room.
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/json/limits.h"
#include "floe/types/time.h"

namespace floe::signal {

// A message, by whoever sends it.
inline constexpr std::size_t kMessageSizeMax = 16 * 1024;
inline constexpr std::size_t kDepthMax = 8;
/// Values of all kinds in a text: the largest description has about 250.
inline constexpr std::size_t kValuesMax = 1024;
inline constexpr json::Limits kMessageLimits{kMessageSizeMax, kValuesMax, kDepthMax};
/// What the server's `from` and `seq` may add to a message that had the greatest size already.
inline constexpr std::size_t kEnvelopeSizeMax = 256;
inline constexpr std::size_t kRelayedSizeMax = kMessageSizeMax + kEnvelopeSizeMax;
/// The server's `from` and `seq` are values too.
inline constexpr json::Limits kRelayedLimits{kRelayedSizeMax, kValuesMax + 2, kDepthMax};

// Its members.
inline constexpr std::size_t kTypeSizeMax = 64;
inline constexpr std::size_t kCandidatesMax = 64;  ///< of one description, of one generation
inline constexpr std::size_t kSdpMidSizeMax = 64;
inline constexpr std::size_t kIceOptionsMax = 16;
inline constexpr std::size_t kIceOptionSizeMax = 64;
inline constexpr std::size_t kReasonSizeMax = 200;

// Between client and server.
inline constexpr std::size_t kNameSizeMax = 64;  ///< of rooms, names and ids
inline constexpr std::size_t kTokenSizeMax = 4096;
inline constexpr std::size_t kResumeSizeMax = 64;
inline constexpr std::size_t kErrorTextSizeMax = 512;
inline constexpr std::size_t kPeersListedMax = 64;

// What a session keeps.
inline constexpr std::size_t kHeldCandidatesMax = 64;     ///< of generations not known yet
inline constexpr std::size_t kGenerationsKept = 8;        ///< fragments of the peer known to be old
inline constexpr std::size_t kOutgoingMessagesMax = 256;  ///< not yet polled
inline constexpr std::size_t kErrorsKept = 16;            ///< not yet polled

// What the server allows and keeps.
inline constexpr std::uint32_t kMessagesPerSecondMax = 50;
inline constexpr std::size_t kHeldMessagesMax = 64;  ///< for one peer, or for a room's first
inline constexpr Duration kHoldForFirst = std::chrono::seconds(60);
inline constexpr Duration kHoldForDropped = std::chrono::seconds(30);
inline constexpr Duration kJoinTimeout = std::chrono::seconds(10);
inline constexpr std::size_t kGenerationsCounted = 16;  ///< of one peer, for kCandidatesMax

}  // namespace floe::signal
