// The header of every STUN message: 20 bytes (RFC 8489, section 5).
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   |0 0|     message type: method and class     | length of attributes |
//   |                    magic cookie 0x2112A442                       |
//   |                    transaction id (96 bits)                      |
#pragma once

#include <array>
#include <cstdint>

#include "floe/types/bytes.h"

namespace floe::stun {

inline constexpr std::uint32_t kMagicCookie = 0x2112A442;
inline constexpr std::size_t kHeaderSize = 20;
inline constexpr std::size_t kAttributeHeaderSize = 4;

/// The bytes that a value of `size` bytes takes. RFC 8489, section 14: "STUN aligns attributes on
/// 32-bit boundaries", so padding follows a value whose length is no multiple of 4.
constexpr std::size_t padded(std::size_t size) {
  return (size + 3) / 4 * 4;
}

/// The bytes that an attribute takes whose value has `size` bytes: header, value and padding.
constexpr std::size_t attribute_size(std::size_t size) {
  return kAttributeHeaderSize + padded(size);
}

/// The longest message that is written; a longer one is not finished. Readers have no such limit:
/// whatever a datagram holds is read.
///
/// RFC 8489, section 6.1: "All STUN messages sent over UDP or DTLS-over-UDP SHOULD be less than the
/// path MTU, if known. If the path MTU is unknown for UDP, messages SHOULD be the smaller of 576
/// bytes and the first-hop MTU for IPv4 and 1280 bytes for IPv6. This value corresponds to the
/// overall size of the IP packet. Consequently, for IPv4, the actual STUN message would need to be
/// less than 548 bytes".
///
/// Deviation: over IPv4, too, a message has room for 1,200 bytes, because it may carry a datagram
/// of the layer above, such as a handshake of DTLS, and that layer sends this much on every path
/// (RFC 9000, section 14). What ICE says by itself stays below 548 bytes.
inline constexpr std::size_t kMessageSizeMax = 1200;

enum class Class : std::uint8_t { request = 0, indication = 1, success = 2, error = 3 };

enum class Method : std::uint16_t {
  binding = 0x001,            // RFC 8489
  allocate = 0x003,           // RFC 8656, this and all below
  refresh = 0x004,            //
  send = 0x006,               // an indication
  data = 0x007,               // an indication
  create_permission = 0x008,  //
  channel_bind = 0x009,       //
};

using TransactionId = std::array<std::uint8_t, 12>;

/// RFC 8489, section 5: "M11 through M0 represent a 12-bit encoding of the method. C1 and C0
/// represent a 2-bit encoding of the class", interleaved as M11-7 C1 M6-4 C0 M3-0.
constexpr std::uint16_t encode_type(Class message_class, Method method) {
  const auto m = static_cast<unsigned>(method);
  const auto c = static_cast<unsigned>(message_class);
  return static_cast<std::uint16_t>((m & 0xf80) << 2 | (c & 2) << 7 | (m & 0x070) << 1 |
                                    (c & 1) << 4 | (m & 0x00f));
}

constexpr Class class_of(std::uint16_t type) {
  return static_cast<Class>((type >> 7 & 2) | (type >> 4 & 1));
}

constexpr Method method_of(std::uint16_t type) {
  return static_cast<Method>((type >> 2 & 0xf80) | (type >> 1 & 0x070) | (type & 0x00f));
}

/// RFC 7983, section 7, and the cookie: enough to tell STUN from data without reading on.
inline bool looks_like_stun(Bytes datagram) {
  return datagram.size() >= kHeaderSize && (datagram[0] & 0xc0) == 0 && datagram[4] == 0x21 &&
         datagram[5] == 0x12 && datagram[6] == 0xa4 && datagram[7] == 0x42;
}

}  // namespace floe::stun
