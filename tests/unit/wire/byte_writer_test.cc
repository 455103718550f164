#include "floe/wire/byte_writer.h"

#include <array>
#include <catch2/catch_test_macros.hpp>

#include "stun/hex.h"

using namespace floe;
using namespace floe::testing;

TEST_CASE("integers are written in network byte order", "[wire]") {
  std::array<std::uint8_t, 15> buffer{};
  ByteWriter writer(buffer);
  writer.u8(0x01);
  writer.u16(0x0203);
  writer.u32(0x04050607);
  writer.u64(0x08090a0b0c0d0eff);
  CHECK(writer.ok());
  CHECK(writer.space() == 0);
  CHECK(to_hex(writer.written()) == "0102030405060708090a0b0c0d0eff");
}

TEST_CASE("bytes and zeros are written between integers", "[wire]") {
  std::array<std::uint8_t, 6> buffer;
  buffer.fill(0xee);
  ByteWriter writer(buffer);
  writer.bytes(from_hex("a1a2"));
  writer.zeros(3);
  writer.u8(0xa3);
  CHECK(to_hex(writer.written()) == "a1a2000000a3");
}

TEST_CASE("what does not fit is not written at all", "[wire]") {
  std::array<std::uint8_t, 4> buffer;
  buffer.fill(0xee);
  ByteWriter writer(MutableBytes(buffer).first(3));
  writer.u32(0x01020304);
  CHECK_FALSE(writer.ok());
  CHECK(writer.size() == 0);
  CHECK(to_hex(buffer) == "eeeeeeee");
}

TEST_CASE("a writer that failed writes nothing more", "[wire]") {
  std::array<std::uint8_t, 4> buffer{};
  ByteWriter writer(buffer);
  writer.u16(0x0102);
  writer.bytes(from_hex("030405"));
  // It would fit, but after a hole.
  writer.u8(0x06);
  writer.zeros(1);
  CHECK_FALSE(writer.ok());
  CHECK(to_hex(writer.written()) == "0102");
}

TEST_CASE("two bytes can be written over, but only where something is", "[wire]") {
  std::array<std::uint8_t, 8> buffer{};
  ByteWriter writer(buffer);
  writer.u32(0x01020304);
  writer.patch_u16(1, 0xaabb);
  CHECK(to_hex(writer.written()) == "01aabb04");
  writer.patch_u16(2, 0xccdd);
  CHECK(to_hex(writer.written()) == "01aaccdd");
  writer.patch_u16(3, 0xffff);
  writer.patch_u16(100, 0xffff);
  CHECK(writer.ok());
  CHECK(to_hex(buffer) == "01aaccdd00000000");
}

TEST_CASE("a patch does not repair a writer that failed", "[wire]") {
  std::array<std::uint8_t, 3> buffer{};
  ByteWriter writer(buffer);
  writer.u16(0x0102);
  writer.u16(0x0304);
  writer.patch_u16(0, 0xffff);
  CHECK_FALSE(writer.ok());
  CHECK(to_hex(writer.written()) == "0102");
}
