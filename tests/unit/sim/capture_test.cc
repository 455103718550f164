// The structure of a capture: what Wireshark reads.
#include <catch2/catch_test_macros.hpp>
#include <map>

#include "sim/behind_nat.h"

using namespace floe;
using namespace floe::sim;

namespace {

std::uint32_t little(Bytes bytes, std::size_t offset, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i > 0; --i) value = value << 8 | bytes[offset + i - 1];
  return value;
}

std::uint32_t big(Bytes bytes, std::size_t offset) {
  return std::uint32_t{bytes[offset]} << 8 | bytes[offset + 1];
}

struct Block {
  std::uint32_t type;
  Bytes body;
};

/// Checks the frame of every block.
std::vector<Block> blocks_of(Bytes file) {
  std::vector<Block> blocks;
  while (!file.empty()) {
    REQUIRE(file.size() >= 12);
    const std::uint32_t size = little(file, 4, 4);
    REQUIRE(size % 4 == 0);
    REQUIRE(size >= 12);
    REQUIRE(size <= file.size());
    REQUIRE(little(file, size - 4, 4) == size);
    blocks.push_back({little(file, 0, 4), file.subspan(8, size - 12)});
    file = file.subspan(size);
  }
  return blocks;
}

std::map<std::uint32_t, std::string> options_of(Bytes bytes) {
  std::map<std::uint32_t, std::string> options;
  for (;;) {
    REQUIRE(bytes.size() >= 4);
    const std::uint32_t code = little(bytes, 0, 2);
    const std::uint32_t size = little(bytes, 2, 2);
    if (code == 0) {
      REQUIRE(bytes.size() == 4);
      return options;
    }
    const std::size_t padded = (size + 3u) / 4 * 4;
    REQUIRE(bytes.size() >= 4 + padded);
    options[code] = as_text(bytes.subspan(4, size));
    bytes = bytes.subspan(4 + padded);
  }
}

struct PacketBlock {
  explicit PacketBlock(const Block& block)
      : interface(little(block.body, 0, 4)),
        microseconds(std::uint64_t{little(block.body, 4, 4)} << 32 | little(block.body, 8, 4)),
        packet(block.body.subspan(20, little(block.body, 12, 4))),
        options(options_of(block.body.subspan(20 + (packet.size() + 3) / 4 * 4))) {
    CHECK(little(block.body, 16, 4) == packet.size());
  }

  std::uint32_t interface;
  std::uint64_t microseconds;
  Bytes packet;
  std::map<std::uint32_t, std::string> options;
};

/// RFC 1071: over data with its checksum in place the sum is all ones.
bool sums_to_ones(std::uint64_t sum, Bytes bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += i % 2 == 0 ? std::uint64_t{bytes[i]} << 8 : std::uint64_t{bytes[i]};
  }
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return sum == 0xffff;
}

std::vector<PacketBlock> packets_of(const std::vector<Block>& blocks) {
  std::vector<PacketBlock> packets;
  for (const Block& block : blocks) {
    if (block.type == 6) packets.emplace_back(block);
  }
  return packets;
}

}  // namespace

TEST_CASE("a capture names its section and its interfaces", "[sim]") {
  BehindNat net(Nat::port_restricted());
  Capture& capture = net.world.start_capture();
  net.world.add_host("late", {IpAddress::v4(192, 0, 2, 99)});
  const ByteVector file = capture.bytes();
  const auto blocks = blocks_of(file);
  REQUIRE(blocks.size() == 7);
  CHECK(blocks[0].type == 0x0A0D0D0A);
  CHECK(little(blocks[0].body, 0, 4) == 0x1A2B3C4D);
  CHECK(little(blocks[0].body, 4, 2) == 1);
  std::vector<std::string> names;
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    CHECK(blocks[i].type == 1);
    CHECK(little(blocks[i].body, 0, 2) == 101);  // raw IP
    auto options = options_of(blocks[i].body.subspan(8));
    names.push_back(options[2]);
    CHECK(options[9] == "\x06");  // microseconds
  }
  CHECK(names == std::vector<std::string>{"router:inside", "router:outside", "first:eth0",
                                          "second:eth0", "server:eth0", "late:eth0"});
}

TEST_CASE("a capture shows a datagram on each interface that it passes", "[sim]") {
  BehindNat net(Nat::port_restricted());
  Capture& capture = net.world.start_capture();
  const Timestamp sent_at = net.world.now();
  const TransportAddress mapped = *net.inside.seen_by(net.server);
  const ByteVector file = capture.bytes();
  const auto packets = packets_of(blocks_of(file));
  REQUIRE(packets.size() == 4);
  CHECK(packets[0].interface == 2);  // leaves the host
  CHECK(packets[1].interface == 0);  // comes to the router
  CHECK(packets[2].interface == 1);  // leaves it
  CHECK(packets[3].interface == 4);  // comes to the server
  CHECK(packets[0].options.at(2)[0] == 2);
  CHECK(packets[1].options.at(2)[0] == 1);
  CHECK(packets[0].microseconds == static_cast<std::uint64_t>(sent_at.time_since_epoch().count()));
  CHECK(packets[3].microseconds - packets[0].microseconds == 15'000);
  CHECK(big(packets[0].packet, 20) == 5000);
  CHECK(big(packets[2].packet, 20) == mapped.port);
  for (const PacketBlock& packet : packets) CHECK(packet.options.count(1) == 0);
}

TEST_CASE("IPv4 packets of a capture have right headers and checksums", "[sim]") {
  for (const std::string_view text : {"", "x", "hello", "even"}) {
    BehindNat net(Nat::port_restricted());
    Capture& capture = net.world.start_capture();
    net.inside.send(net.server.local(), text);
    const ByteVector file = capture.bytes();
    const Bytes packet = packets_of(blocks_of(file)).at(0).packet;
    REQUIRE(packet.size() == 28 + text.size());
    CHECK(packet[0] == 0x45);
    CHECK(big(packet, 2) == packet.size());
    CHECK(packet[9] == 17);
    CHECK(sums_to_ones(0, packet.first(20)));
    CHECK(equal(packet.subspan(12, 4), net.inside.local().ip.bytes()));
    CHECK(equal(packet.subspan(16, 4), net.server.local().ip.bytes()));
    CHECK(big(packet, 24) == 8 + text.size());
    CHECK(as_text(packet.subspan(28)) == text);
    CHECK(sums_to_ones(17u + 8u + text.size(), packet.subspan(12)));
  }
}

TEST_CASE("IPv6 packets of a capture have right headers and checksums", "[sim]") {
  World world(1);
  const IpAddress left = *IpAddress::parse("2001:db8::1");
  const IpAddress right = *IpAddress::parse("2001:db8::2");
  Postbox sender(world, world.add_host("left", {left}), left);
  Postbox receiver(world, world.add_host("right", {right}), right);
  Capture& capture = world.start_capture();
  sender.send(receiver.local(), "hello");
  const ByteVector file = capture.bytes();
  const Bytes packet = packets_of(blocks_of(file)).at(0).packet;
  REQUIRE(packet.size() == 40 + 8 + 5);
  CHECK(packet[0] == 0x60);
  CHECK(big(packet, 4) == 8 + 5);
  CHECK(packet[6] == 17);
  CHECK(equal(packet.subspan(8, 16), left.bytes()));
  CHECK(equal(packet.subspan(24, 16), right.bytes()));
  CHECK(sums_to_ones(17u + 8u + 5u, packet.subspan(8)));
}

TEST_CASE("a capture says of a lost datagram why it was lost", "[sim]") {
  BehindNat net(Nat::port_restricted());
  const TransportAddress mapped = *net.inside.seen_by(net.server);
  Capture& capture = net.world.start_capture();
  REQUIRE_FALSE(net.other_server.reaches(net.inside, mapped));
  const ByteVector file = capture.bytes();
  const auto packets = packets_of(blocks_of(file));
  REQUIRE(packets.size() == 2);
  CHECK(packets[1].options.at(1) == "lost: filtered");
}

TEST_CASE("a capture holds so much and counts the rest", "[sim]") {
  Capture capture;
  capture.add_interface("eth0");
  const TransportAddress address{IpAddress::v4(192, 0, 2, 1), 1};
  const ByteVector payload(kMaxDatagramSize);
  const std::size_t fit = kCaptureBytesMax / payload.size();
  for (std::size_t i = 0; i < fit + 2; ++i) {
    capture.record(kBeginning, 0, Capture::Direction::inbound, address, address, payload);
  }
  CHECK(capture.dropped() == 2);
}
