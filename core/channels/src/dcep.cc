#include "dcep.h"

#include "floe/wire/byte_reader.h"
#include "floe/wire/byte_writer.h"

namespace floe::channels {

namespace {

constexpr std::uint8_t kAckType = 0x02;
constexpr std::uint8_t kOpenType = 0x03;
constexpr std::size_t kOpenHeaderSize = 12;

constexpr std::uint8_t kUnordered = 0x80;
constexpr std::uint8_t kReliable = 0x00;
constexpr std::uint8_t kByRetransmissions = 0x01;
constexpr std::uint8_t kByTime = 0x02;

/// RFC 8832, section 8.2.2, does not give priorities names; W3C's "low" is 256.
constexpr std::uint16_t kPriority = 256;

std::uint8_t channel_type(const sctp::Delivery& delivery) {
  const std::uint8_t limit = delivery.retransmissions_max ? kByRetransmissions
                             : delivery.lifetime_max      ? kByTime
                                                          : kReliable;
  return limit | (delivery.ordered ? std::uint8_t{0} : kUnordered);
}

std::optional<sctp::Delivery> read_delivery(std::uint8_t type, std::uint32_t parameter) {
  sctp::Delivery delivery{.ordered = (type & kUnordered) == 0};
  switch (type & ~kUnordered) {
    case kReliable:
      return delivery;
    case kByRetransmissions:
      delivery.retransmissions_max =
          static_cast<std::uint16_t>(std::min<std::uint32_t>(parameter, UINT16_MAX));
      return delivery;
    case kByTime:
      delivery.lifetime_max = std::chrono::milliseconds(parameter);
      return delivery;
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<ControlMessage, ControlFlaw> parse_control(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t message_type = reader.u8();
  if (!reader.ok()) return ControlFlaw::truncated;
  if (message_type == kAckType) return ControlMessage(AckMessage{});
  if (message_type != kOpenType) return ControlFlaw::unknown_type;

  const std::uint8_t type = reader.u8();
  reader.skip(2);  // the priority
  const std::uint32_t parameter = reader.u32();
  const std::uint16_t label_size = reader.u16();
  const std::uint16_t protocol_size = reader.u16();
  const Bytes label = reader.take(label_size);
  const Bytes protocol = reader.take(protocol_size);
  if (!reader.ok()) return ControlFlaw::truncated;
  if (label.size() > kNameSizeMax || protocol.size() > kNameSizeMax) return ControlFlaw::too_long;
  const auto delivery = read_delivery(type, parameter);
  if (!delivery) return ControlFlaw::unknown_channel_type;
  return ControlMessage(OpenMessage{{.label = std::string(as_text(label)),
                                     .protocol = std::string(as_text(protocol)),
                                     .delivery = *delivery}});
}

ByteVector write_open(const ChannelOptions& options) {
  const sctp::Delivery& delivery = options.delivery;
  ByteVector bytes(kOpenHeaderSize + options.label.size() + options.protocol.size());
  ByteWriter writer(bytes);
  writer.u8(kOpenType);
  writer.u8(channel_type(delivery));
  writer.u16(kPriority);
  writer.u32(delivery.retransmissions_max ? *delivery.retransmissions_max
             : delivery.lifetime_max ? static_cast<std::uint32_t>(delivery.lifetime_max->count())
                                     : 0);
  writer.u16(static_cast<std::uint16_t>(options.label.size()));
  writer.u16(static_cast<std::uint16_t>(options.protocol.size()));
  writer.bytes(as_bytes(options.label));
  writer.bytes(as_bytes(options.protocol));
  return bytes;
}

ByteVector write_ack() {
  return {kAckType};
}

}  // namespace floe::channels
