// The limits of everything that multicast DNS reads, sends or holds, and its numbers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::mdns {

inline constexpr std::uint16_t kPort = 5353;

/// 224.0.0.251 or ff02::fb, with the port.
TransportAddress group_of(Family family);

// A message. Sizes are in bytes.
inline constexpr std::size_t kMessageSizeMax = 9000;  ///< longer ones are not read
inline constexpr std::size_t kMessageWrittenMax = 1024;
inline constexpr std::size_t kNameSizeMax = 255;  ///< with the bytes of length and the end
inline constexpr std::size_t kLabelSizeMax = 63;  ///< a part of a name, between two dots
inline constexpr std::size_t kPointersMax = 16;   ///< compression pointers within one name
inline constexpr std::size_t kQuestionsMax = 32;  ///< a message with more is not read
inline constexpr std::size_t kRecordsMax = 128;   ///< of all kinds; a message with more is not read
inline constexpr std::size_t kAddressesKept = 64;  ///< of one message; later ones are not kept

// A resolver.
inline constexpr std::size_t kNamesMax = 64;        ///< that are being looked up
inline constexpr std::size_t kCachedNamesMax = 64;  ///< the oldest makes room
inline constexpr int kTriesMax = 3;
inline constexpr Duration kFirstWait = std::chrono::seconds(1);  ///< doubled after each try
inline constexpr Duration kCachedMax = std::chrono::seconds(120);
inline constexpr std::size_t kOwnAddressesMax = 32;  ///< that answers are compared with

// A responder.
inline constexpr std::size_t kOwnNamesMax = 64;
inline constexpr std::uint32_t kTtlSeconds = 120;       ///< RFC 6762, section 10: of host names
inline constexpr std::uint32_t kLegacyTtlSeconds = 10;  ///< RFC 6762, section 6.7: the greatest
/// RFC 6762, section 6: between two multicasts of one record on one interface.
inline constexpr Duration kMulticastInterval = std::chrono::seconds(1);
inline constexpr std::uint32_t kUnicastAnswersPerSecond = 20;

}  // namespace floe::mdns
