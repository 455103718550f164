#include "floe/stun/demultiplex.h"

#include "floe/stun/message.h"
#include "floe/wire/byte_reader.h"

namespace floe {
namespace {

constexpr std::size_t kChannelHeaderSize = 4;  // RFC 8656, section 12.4
constexpr std::size_t kDtlsRecordSizeMin = 13;
constexpr std::size_t kRtpSizeMin = 12;
constexpr std::size_t kRtcpSizeMin = 4;
constexpr std::size_t kZrtpSizeMin = 12;
constexpr std::uint32_t kZrtpCookie = 0x5a525450;  // RFC 6189, section 5

bool is_stun(Bytes datagram) {
  if (!stun::looks_like_stun(datagram)) return false;
  const std::size_t length = ByteReader(datagram.subspan(2)).u16();
  return length % 4 == 0 && length + stun::kHeaderSize == datagram.size();
}

bool is_zrtp(Bytes datagram) {
  return datagram.size() >= kZrtpSizeMin && ByteReader(datagram.subspan(4)).u32() == kZrtpCookie;
}

/// RFC 8656, section 12.5: "Over UDP, the padding is not required but MAY be included."
bool is_channel_data(Bytes datagram) {
  if (datagram.size() < kChannelHeaderSize) return false;
  const std::size_t size = ByteReader(datagram.subspan(2)).u16() + kChannelHeaderSize;
  return datagram.size() >= size && datagram.size() - size < 4;
}

/// RFC 5761, section 4: RTCP has packet types from 192 to 223 where RTP has the marker and a
/// payload type, which therefore must not be 64 to 95.
DatagramKind rtp_or_rtcp(Bytes datagram) {
  if (datagram.size() < kRtcpSizeMin) return DatagramKind::unknown;
  if (datagram[1] >= 192 && datagram[1] <= 223) return DatagramKind::rtcp;
  return datagram.size() >= kRtpSizeMin ? DatagramKind::rtp : DatagramKind::unknown;
}

}  // namespace

std::string_view to_text(DatagramKind kind) {
  switch (kind) {
    case DatagramKind::stun:
      return "STUN";
    case DatagramKind::dtls:
      return "DTLS";
    case DatagramKind::rtp:
      return "RTP";
    case DatagramKind::rtcp:
      return "RTCP";
    case DatagramKind::turn_channel:
      return "TURN channel";
    case DatagramKind::zrtp:
      return "ZRTP";
    case DatagramKind::quic:
      return "QUIC";
    case DatagramKind::unknown:
      return "unknown";
  }
  return "?";
}

DatagramKind demultiplex(Bytes datagram) {
  if (datagram.empty()) return DatagramKind::unknown;
  const std::uint8_t first = datagram[0];
  if (first < 4) return is_stun(datagram) ? DatagramKind::stun : DatagramKind::unknown;
  if (first < 16) return DatagramKind::unknown;
  if (first < 20) return is_zrtp(datagram) ? DatagramKind::zrtp : DatagramKind::unknown;
  if (first < 64) {
    return datagram.size() >= kDtlsRecordSizeMin ? DatagramKind::dtls : DatagramKind::unknown;
  }
  if (first < 80) {
    return is_channel_data(datagram) ? DatagramKind::turn_channel : DatagramKind::quic;
  }
  if (first < 128 || first >= 192) return DatagramKind::quic;
  return rtp_or_rtcp(datagram);
}

}  // namespace floe
