#include "ip_packet.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace floe::sim {
namespace {

constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kTimeToLive = 64;

/// RFC 1071: the sum of 16-bit words in ones' complement.
class Checksum {
 public:
  /// All but the last part have an even number of bytes.
  void add(Bytes bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      sum_ += i % 2 == 0 ? std::uint32_t{bytes[i]} << 8 : std::uint32_t{bytes[i]};
    }
  }
  void add(std::uint32_t word) { sum_ += word; }

  std::uint16_t value() const {
    std::uint64_t sum = sum_;
    while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
  }

 private:
  std::uint64_t sum_ = 0;
};

/// Fills a packet of known size from front to back.
class PacketWriter {
 public:
  explicit PacketWriter(std::size_t size) : packet_(size) {}

  void u8(std::uint8_t value) { packet_[size_++] = value; }
  void u16(std::size_t value) {
    u8(static_cast<std::uint8_t>(value >> 8 & 0xff));
    u8(static_cast<std::uint8_t>(value & 0xff));
  }
  void bytes(Bytes source) {
    std::copy(source.begin(), source.end(), packet_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += source.size();
  }
  void patch_u16(std::size_t offset, std::uint16_t value) {
    packet_[offset] = static_cast<std::uint8_t>(value >> 8);
    packet_[offset + 1] = static_cast<std::uint8_t>(value & 0xff);
  }

  std::size_t size() const { return size_; }
  Bytes written() const { return Bytes(packet_).first(size_); }
  ByteVector take() { return std::move(packet_); }

 private:
  ByteVector packet_;
  std::size_t size_ = 0;
};

void write_ipv4_header(PacketWriter& out, const IpAddress& source, const IpAddress& destination,
                       std::size_t udp_size) {
  out.u16(0x4500);  // version 4, header of five words; no service
  out.u16(kIpv4HeaderSize + udp_size);
  out.u16(0);  // identification and fragmentation: none
  out.u16(0);
  out.u8(kTimeToLive);
  out.u8(kUdp);
  out.u16(0);
  out.bytes(source.bytes());
  out.bytes(destination.bytes());
  Checksum checksum;
  checksum.add(out.written());
  out.patch_u16(10, checksum.value());
}

void write_ipv6_header(PacketWriter& out, const IpAddress& source, const IpAddress& destination,
                       std::size_t udp_size) {
  out.u16(0x6000);  // version 6; no class, no flow
  out.u16(0);
  out.u16(udp_size);
  out.u8(kUdp);
  out.u8(kTimeToLive);
  out.bytes(source.bytes());
  out.bytes(destination.bytes());
}

}  // namespace

ByteVector ip_packet(const TransportAddress& source, const TransportAddress& destination,
                     Bytes payload) {
  const std::size_t udp_size = kUdpHeaderSize + payload.size();
  PacketWriter out(header_size(source.ip.is_ipv4()) + payload.size());
  if (source.ip.is_ipv4()) {
    write_ipv4_header(out, source.ip, destination.ip, udp_size);
  } else {
    write_ipv6_header(out, source.ip, destination.ip, udp_size);
  }
  const std::size_t udp_start = out.size();
  out.u16(source.port);
  out.u16(destination.port);
  out.u16(udp_size);
  out.u16(0);
  out.bytes(payload);
  Checksum checksum;  // RFC 768, RFC 8200 section 8.1: over a pseudo header, too
  checksum.add(source.ip.bytes());
  checksum.add(destination.ip.bytes());
  checksum.add(kUdp);
  checksum.add(static_cast<std::uint32_t>(udp_size));
  checksum.add(out.written().subspan(udp_start));
  // RFC 768: "If the computed checksum is zero, it is transmitted as all ones".
  const std::uint16_t sum = checksum.value();
  out.patch_u16(udp_start + 6, sum == 0 ? std::uint16_t{0xffff} : sum);
  return out.take();
}

}  // namespace floe::sim
