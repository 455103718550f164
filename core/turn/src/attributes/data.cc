#include "floe/turn/attributes/data.h"

#include <algorithm>

#include "floe/wire/byte_reader.h"

namespace floe::turn {
namespace {

using stun::AttributeError;
using stun::MessageView;
using stun::TransactionId;

}  // namespace

Result<ChannelNumber, AttributeError> ChannelNumber::parse(Bytes value, const MessageView&) {
  if (value.size() != 4) return AttributeError::malformed;
  const std::uint16_t number = ByteReader(value).u16();
  if (!is_channel(number)) return AttributeError::malformed;
  return ChannelNumber{number};
}

void ChannelNumber::write(ByteWriter& out, const TransactionId&) const {
  out.u16(number);
  out.u16(0);
}

Result<Data, AttributeError> Data::parse(Bytes value, const MessageView&) {
  return Data{value};
}

Result<Icmp, AttributeError> Icmp::parse(Bytes value, const MessageView&) {
  if (value.size() != 8) return AttributeError::malformed;
  ByteReader reader(value);
  reader.skip(2);
  const std::uint16_t both = reader.u16();
  Icmp icmp;
  icmp.type = static_cast<std::uint8_t>(both >> 9);
  icmp.code = both & 0x1ff;
  std::ranges::copy(reader.rest(), icmp.error_data.begin());
  return icmp;
}

void Icmp::write(ByteWriter& out, const TransactionId&) const {
  out.u16(0);
  out.u16(static_cast<std::uint16_t>((type & 0x7f) << 9 | (code & 0x1ff)));
  out.bytes(error_data);
}

}  // namespace floe::turn
