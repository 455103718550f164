// Which protocol a datagram belongs to, when several share one socket (RFC 7983, section 7, as
// updated by RFC 9443, section 3; RTP and RTCP by RFC 5761, section 4).
//
//   first byte   0..3  STUN            64..79  TURN channel, or QUIC where it is none
//               16..19 ZRTP            80..127 QUIC
//               20..63 DTLS           128..191 RTP and RTCP
//                4..15 nothing        192..255 QUIC
//
// Why more than the first byte is looked at: data that is sent over a socket of ICE need not be of
// any of these protocols. Where a protocol has a header, the header must be valid; otherwise data
// that begins with a zero byte would be taken for STUN, and lost.
#pragma once

#include <cstdint>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe {

enum class DatagramKind : std::uint8_t {
  stun,          ///< a header with the cookie, and the length that arrived
  dtls,          ///< long enough for a record
  rtp,           ///< long enough for a header
  rtcp,          ///< packet types 192 to 223
  turn_channel,  ///< ChannelData with the length that arrived, padded or not; from a TURN server
  zrtp,          ///< a header with the cookie
  quic,          ///< by its first byte alone: the rest of a short header is encrypted
  unknown,       ///< none of them, or damaged
};

std::string_view to_text(DatagramKind kind);

DatagramKind demultiplex(Bytes datagram);

}  // namespace floe
