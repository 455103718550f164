// The attributes of relayed data (RFC 8656, sections 18.1, 18.4 and 18.13).
#pragma once

#include <array>

#include "floe/stun/message_view.h"
#include "floe/wire/byte_writer.h"

namespace floe::turn {

/// Section 12: "0x4000 through 0x4FFF: These values are the allowed channel numbers". RFC 5766
/// allowed up to 0x7FFF, but RFC 7983 gave the rest to other protocols.
inline constexpr std::uint16_t kChannelMin = 0x4000;
inline constexpr std::uint16_t kChannelMax = 0x4fff;

constexpr bool is_channel(std::uint16_t number, std::uint16_t max = kChannelMax) {
  return number >= kChannelMin && number <= max;
}

/// Section 18.1: the channel to bind. A number outside of the range is malformed.
struct ChannelNumber {
  static constexpr stun::AttributeType kType = stun::AttributeType::channel_number;
  std::uint16_t number = 0;

  static Result<ChannelNumber, stun::AttributeError> parse(Bytes value, const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const;
};

/// Section 18.4: the relayed data, exactly the bytes of one datagram.
struct Data {
  static constexpr stun::AttributeType kType = stun::AttributeType::data;
  Bytes payload;  ///< when parsed, a view of the message

  static Result<Data, stun::AttributeError> parse(Bytes value, const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const { out.bytes(payload); }
};

/// Section 18.13: the ICMP message that came back from the network instead of data from the peer.
/// In Data indications, in place of DATA.
struct Icmp {
  static constexpr stun::AttributeType kType = stun::AttributeType::icmp;
  std::uint8_t type = 0;   ///< of ICMP or ICMPv6, by the peer's family; 7 bits
  std::uint16_t code = 0;  ///< 9 bits
  std::array<std::uint8_t, 4> error_data{};

  static Result<Icmp, stun::AttributeError> parse(Bytes value, const stun::MessageView&);
  void write(ByteWriter& out, const stun::TransactionId&) const;
};

}  // namespace floe::turn
