#include "floe/sim/capture.h"

#include <array>

#include "ip_packet.h"
#include "pcapng_block.h"

namespace floe::sim {
namespace {

constexpr std::uint16_t kLinkTypeRaw = 101;  // "the packet begins with an IPv4 or IPv6 header"
constexpr std::uint16_t kOptionComment = 1;
constexpr std::uint16_t kOptionInterfaceName = 2;
constexpr std::uint16_t kOptionInterfaceResolution = 9;
constexpr std::uint16_t kOptionPacketFlags = 2;
constexpr std::uint8_t kMicroseconds = 6;  // ten to the power of minus this, in seconds
constexpr std::uint32_t kUnknown = 0xffffffff;

void write_section_header(ByteVector& out) {
  PcapngBlock block(out, BlockType::section_header);
  block.u32(0x1A2B3C4D).u16(1).u16(0);
  block.u32(kUnknown).u32(kUnknown);  // the section's length
}

void write_interface(ByteVector& out, std::string_view name) {
  constexpr std::array resolution{kMicroseconds};
  PcapngBlock block(out, BlockType::interface_description);
  block.u16(kLinkTypeRaw).u16(0).u32(0);
  block.option(kOptionInterfaceName, as_bytes(name));
  block.option(kOptionInterfaceResolution, resolution);
}

}  // namespace

std::uint32_t Capture::record(Timestamp at, std::uint32_t interface, Direction direction,
                              const TransportAddress& source, const TransportAddress& destination,
                              Bytes payload) {
  if (payloads_.size() + payload.size() > kCaptureBytesMax) {
    ++dropped_;
    return kUnknown;
  }
  records_.push_back(
      {at, interface, direction, source, destination, payloads_.size(), payload.size(), {}});
  payloads_.insert(payloads_.end(), payload.begin(), payload.end());
  return static_cast<std::uint32_t>(records_.size() - 1);
}

void Capture::comment(std::uint32_t record, std::string_view text) {
  if (record < records_.size()) records_[record].comment = text;
}

ByteVector Capture::bytes() const {
  ByteVector out;
  write_section_header(out);
  for (const std::string& name : interfaces_) write_interface(out, name);
  for (const Record& record : records_) {
    const ByteVector packet = ip_packet(record.source, record.destination,
                                        Bytes(payloads_).subspan(record.offset, record.size));
    const auto at = static_cast<std::uint64_t>(record.at.time_since_epoch().count());
    const auto size = static_cast<std::uint32_t>(packet.size());
    const std::array<std::uint8_t, 4> flags{static_cast<std::uint8_t>(record.direction)};
    PcapngBlock block(out, BlockType::enhanced_packet);
    block.u32(record.interface).u32(static_cast<std::uint32_t>(at >> 32));
    block.u32(static_cast<std::uint32_t>(at & 0xffffffff));
    block.u32(size).u32(size).padded(packet);
    block.option(kOptionPacketFlags, flags);
    if (!record.comment.empty()) block.option(kOptionComment, as_bytes(record.comment));
  }
  return out;
}

}  // namespace floe::sim
