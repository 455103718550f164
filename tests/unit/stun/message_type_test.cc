#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "floe/stun/message.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::stun;

TEST_CASE("the types of RFC 8489 and RFC 8656 are encoded as registered", "[stun]") {
  struct Row {
    Class message_class;
    std::uint16_t method;
    std::uint16_t type;
  };
  // Binding, and the methods of TURN, whose bits are elsewhere: ChannelBind, and the greatest.
  const auto row =
      GENERATE(Row{Class::request, 0x001, 0x0001}, Row{Class::indication, 0x001, 0x0011},
               Row{Class::success, 0x001, 0x0101}, Row{Class::error, 0x001, 0x0111},
               Row{Class::request, 0x003, 0x0003}, Row{Class::error, 0x003, 0x0113},
               Row{Class::indication, 0x006, 0x0016}, Row{Class::indication, 0x007, 0x0017},
               Row{Class::request, 0x009, 0x0009}, Row{Class::success, 0x009, 0x0109},
               Row{Class::request, 0x010, 0x0020}, Row{Class::request, 0x080, 0x0200},
               Row{Class::request, 0xfff, 0x3eef}, Row{Class::error, 0xfff, 0x3fff});
  CAPTURE(row.type);
  CHECK(encode_type(row.message_class, Method{row.method}) == row.type);
  CHECK(class_of(row.type) == row.message_class);
  CHECK(method_of(row.type) == Method{row.method});
}

TEST_CASE("every class and method survives its encoding, and no two meet", "[stun]") {
  std::set<std::uint16_t> types;
  for (std::uint16_t method = 0; method < 0x1000; ++method) {
    for (const Class c : {Class::request, Class::indication, Class::success, Class::error}) {
      const std::uint16_t type = encode_type(c, Method{method});
      REQUIRE((type & 0xc000) == 0);
      REQUIRE(class_of(type) == c);
      REQUIRE(method_of(type) == Method{method});
      types.insert(type);
    }
  }
  CHECK(types.size() == 4 * 0x1000);
}

TEST_CASE("a datagram looks like STUN by its first bits and the cookie", "[stun]") {
  const ByteVector stun = testing::from_hex("0001 0000 2112a442 000102030405060708090a0b");
  CHECK(looks_like_stun(stun));
  CHECK_FALSE(looks_like_stun(Bytes(stun).first(19)));
  CHECK_FALSE(looks_like_stun({}));

  SECTION("any first byte below 64 will do") {
    ByteVector other = stun;
    for (unsigned first = 0; first < 256; ++first) {
      other[0] = static_cast<std::uint8_t>(first);
      CHECK(looks_like_stun(other) == (first < 64));
    }
  }
  SECTION("a bit of the cookie makes it something else") {
    for (std::size_t bit = 0; bit < 32; ++bit) {
      ByteVector other = stun;
      other[4 + bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
      CHECK_FALSE(looks_like_stun(other));
    }
  }
}
