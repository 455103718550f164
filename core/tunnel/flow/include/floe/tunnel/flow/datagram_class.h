// The classes of datagrams: when not all can go at once, the first class goes first.
#pragma once

#include <cstdint>

#include "floe/types/bytes.h"

namespace floe::tunnel {

/// In the order of precedence.
enum class DatagramClass : std::uint8_t {
  stun,   ///< few and small, and a connection depends on them
  other,  ///< data of an application
};

inline constexpr std::size_t kDatagramClassCount = 2;

/// Decides by the first two bits and the magic cookie (RFC 8489, section 5). A client that forges
/// them gains only precedence within its own session.
inline DatagramClass class_of(Bytes payload) {
  const bool stun = payload.size() >= 20 && (payload[0] & 0xc0) == 0 && payload[4] == 0x21 &&
                    payload[5] == 0x12 && payload[6] == 0xa4 && payload[7] == 0x42;
  return stun ? DatagramClass::stun : DatagramClass::other;
}

}  // namespace floe::tunnel
