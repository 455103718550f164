#include "floe/stun/crc32.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/sim/seeded_random.h"

using namespace floe;

namespace {

/// As ITU-T V.42 has it, a bit at a time.
std::uint32_t bitwise_crc32(Bytes bytes) {
  std::uint32_t crc = 0xffffffff;
  for (const std::uint8_t byte : bytes) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const bool carry = ((crc ^ (static_cast<std::uint32_t>(byte) >> bit)) & 1u) != 0;
      crc = crc >> 1 ^ (carry ? 0xedb88320u : 0u);
    }
  }
  return ~crc;
}

}  // namespace

TEST_CASE("CRC-32 has the known values", "[stun]") {
  CHECK(stun::crc32({}) == 0);
  CHECK(stun::crc32(as_bytes("123456789")) == 0xcbf43926);
  CHECK(stun::crc32(as_bytes("a")) == 0xe8b7be43);
  CHECK(stun::crc32(as_bytes("The quick brown fox jumps over the lazy dog")) == 0x414fa339);
  CHECK(stun::crc32(ByteVector(32, 0x00)) == 0x190a55ad);
  CHECK(stun::crc32(ByteVector(32, 0xff)) == 0xff6cab0b);
}

TEST_CASE("CRC-32 is the bitwise one at every length and alignment", "[stun]") {
  ByteVector bytes(64 + 8);
  sim::SeededRandom(1).fill(bytes);
  for (std::size_t start = 0; start < 8; ++start) {
    for (std::size_t size = 0; size <= 64; ++size) {
      const Bytes part = Bytes(bytes).subspan(start, size);
      CAPTURE(start, size);
      REQUIRE(stun::crc32(part) == bitwise_crc32(part));
    }
  }
}

TEST_CASE("CRC-32 notices every single bit", "[stun]") {
  ByteVector bytes(48);
  sim::SeededRandom(2).fill(bytes);
  const std::uint32_t right = stun::crc32(bytes);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    ByteVector damaged = bytes;
    damaged[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    REQUIRE(stun::crc32(damaged) != right);
  }
}
