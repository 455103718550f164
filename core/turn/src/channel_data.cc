#include "floe/turn/channel_data.h"

#include "floe/wire/byte_reader.h"

namespace floe::turn {

std::optional<ChannelData> ChannelData::parse(Bytes datagram) {
  ByteReader reader(datagram);
  ChannelData data;
  data.channel = reader.u16();
  const std::size_t size = reader.u16();
  data.payload = reader.take(size);
  // Section 12.5: "Over UDP, the padding is not required but MAY be included."
  const bool has_one_end = reader.ok() && reader.remaining() < 4;
  if (!has_one_end || !is_channel(data.channel)) return std::nullopt;
  return data;
}

void ChannelData::write(ByteWriter& out, bool is_padded) const {
  out.u16(channel);
  out.u16(static_cast<std::uint16_t>(payload.size()));
  out.bytes(payload);
  if (is_padded) out.zeros((4 - payload.size() % 4) % 4);
}

}  // namespace floe::turn
