#include "floe/stun/demultiplex.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/catch_tostring.hpp>
#include <map>

#include "stun/hex.h"
#include "stun/raw_message.h"

using namespace floe;
using namespace floe::testing;

template <>
struct Catch::StringMaker<DatagramKind> {
  static std::string convert(DatagramKind kind) { return std::string(to_text(kind)); }
};

namespace {

DatagramKind kind_of(std::string_view hex) {
  return demultiplex(from_hex(hex));
}

/// 32 bytes that would be each protocol's, as far as its first byte lets it.
ByteVector datagram_with(std::uint8_t first) {
  ByteVector bytes(32, 0x11);
  bytes[0] = first;
  const auto put = [&](std::size_t offset, std::string_view hex) {
    const ByteVector value = from_hex(hex);
    std::copy(value.begin(), value.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset));
  };
  if (first < 4) put(2, "000c 2112a442");
  if (first >= 16 && first < 20) put(4, "5a525450");
  if (first >= 64 && first < 80) put(2, "001c");
  return bytes;
}

DatagramKind expected_of(int first) {
  const std::map<int, DatagramKind> starts{
      {0, DatagramKind::stun},  {4, DatagramKind::unknown},       {16, DatagramKind::zrtp},
      {20, DatagramKind::dtls}, {64, DatagramKind::turn_channel}, {80, DatagramKind::quic},
      {128, DatagramKind::rtp}, {192, DatagramKind::quic},
  };
  return std::prev(starts.upper_bound(first))->second;
}

}  // namespace

TEST_CASE("each first byte belongs to the protocol that RFC 9443 says", "[stun][demultiplex]") {
  for (int first = 0; first < 256; ++first) {
    CAPTURE(first);
    CHECK(demultiplex(datagram_with(static_cast<std::uint8_t>(first))) == expected_of(first));
  }
}

TEST_CASE("STUN has the cookie and the length that arrived", "[stun][demultiplex]") {
  const ByteVector message = RawMessage().text(0x8022, "floe").bytes();
  CHECK(demultiplex(message) == DatagramKind::stun);
  for (std::size_t size = 0; size < message.size(); ++size) {
    CHECK(demultiplex(Bytes(message).first(size)) == DatagramKind::unknown);
  }
  ByteVector longer = message;
  longer.push_back(0);
  CHECK(demultiplex(longer) == DatagramKind::unknown);
  for (std::size_t bit = 32; bit < 64; ++bit) {
    ByteVector other = message;
    other[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    CHECK(demultiplex(other) == DatagramKind::unknown);
  }
  // A length that is what arrived, but no multiple of 4.
  CHECK(kind_of("00010001 2112a442 000102030405060708090a0b 00") == DatagramKind::unknown);
}

TEST_CASE("data that begins with a zero is not STUN", "[stun][demultiplex]") {
  CHECK(kind_of("00") == DatagramKind::unknown);
  CHECK(kind_of("0001 0000 00000000 000000000000000000000000") == DatagramKind::unknown);
}

TEST_CASE("ChannelData has the length that arrived, padded or not", "[stun][demultiplex]") {
  CHECK(kind_of("40000000") == DatagramKind::turn_channel);
  CHECK(kind_of("4fff0001 aa") == DatagramKind::turn_channel);
  CHECK(kind_of("40010001 aa000000") == DatagramKind::turn_channel);
  CHECK(kind_of("40010001 aa00000000") == DatagramKind::quic);
  CHECK(kind_of("40010002 aa") == DatagramKind::quic);
  CHECK(kind_of("400100") == DatagramKind::quic);
  CHECK(kind_of("50000000") == DatagramKind::quic);
}

TEST_CASE("RTP and RTCP are told apart by the second byte", "[stun][demultiplex]") {
  for (int second = 0; second < 256; ++second) {
    ByteVector packet(12, 0);
    packet[0] = 0x80;
    packet[1] = static_cast<std::uint8_t>(second);
    CAPTURE(second);
    const bool is_rtcp = second >= 192 && second <= 223;
    CHECK(demultiplex(packet) == (is_rtcp ? DatagramKind::rtcp : DatagramKind::rtp));
  }
}

TEST_CASE("what is too short for its protocol is unknown", "[stun][demultiplex]") {
  CHECK(demultiplex({}) == DatagramKind::unknown);
  CHECK(demultiplex(ByteVector(11, 0x80)) == DatagramKind::unknown);
  CHECK(kind_of("80c8 00") == DatagramKind::unknown);
  CHECK(kind_of("80cb 0000") == DatagramKind::rtcp);
  CHECK(demultiplex(ByteVector(12, 22)) == DatagramKind::unknown);
  CHECK(demultiplex(ByteVector(13, 22)) == DatagramKind::dtls);
  CHECK(kind_of("1000 0001 5a525450 000000") == DatagramKind::unknown);
  CHECK(kind_of("1000 0001 5a525451 00000000") == DatagramKind::unknown);
  CHECK(kind_of("1000 0001 5a525450 00000000") == DatagramKind::zrtp);
}
