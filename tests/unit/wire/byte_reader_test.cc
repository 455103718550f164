#include "floe/wire/byte_reader.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace floe;

TEST_CASE("integers are read in network byte order", "[wire]") {
  const ByteVector bytes{1,    0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
                         0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0xff};
  ByteReader reader(bytes);
  CHECK(reader.u8() == 0x01);
  CHECK(reader.u16() == 0x0203);
  CHECK(reader.u32() == 0x04050607);
  CHECK(reader.u64() == 0x08090a0b0c0d0eff);
  CHECK(reader.remaining() == 0);
  CHECK(reader.ok());
}

TEST_CASE("an integer that is not all there is zero, and the reader fails", "[wire]") {
  const ByteVector bytes(7, 0xff);
  const auto size = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{3}, std::size_t{7});
  CAPTURE(size);
  ByteReader reader(Bytes(bytes).first(size));
  CHECK(reader.u64() == 0);
  CHECK_FALSE(reader.ok());
}

TEST_CASE("a reader that failed does not recover", "[wire]") {
  const ByteVector bytes{1, 2, 3};
  ByteReader reader(bytes);
  CHECK(reader.u32() == 0);
  // The three bytes are there, but whoever reads on must not take them for something else.
  CHECK(reader.u8() == 0);
  CHECK(reader.remaining() == 0);
  CHECK(reader.take(0).empty());
  CHECK_FALSE(reader.ok());
}

TEST_CASE("bytes are taken as views and skipped", "[wire]") {
  const ByteVector bytes{1, 2, 3, 4};
  ByteReader reader(bytes);
  reader.skip(1);
  const Bytes taken = reader.take(2);
  CHECK(taken.data() == bytes.data() + 1);
  CHECK(taken.size() == 2);
  CHECK(reader.rest().data() == bytes.data() + 3);
  CHECK(reader.remaining() == 1);
  CHECK(reader.ok());
}

TEST_CASE("more bytes than there are cannot be taken", "[wire]") {
  const ByteVector bytes{1, 2, 3, 4};
  const auto size = GENERATE(std::size_t{5}, std::size_t{0xffff}, SIZE_MAX);
  ByteReader taking(bytes);
  CHECK(taking.take(size).empty());
  CHECK_FALSE(taking.ok());
  ByteReader skipping(bytes);
  skipping.skip(size);
  CHECK_FALSE(skipping.ok());
}

TEST_CASE("all bytes can be taken, and none of none", "[wire]") {
  const ByteVector bytes{1, 2};
  ByteReader reader(bytes);
  CHECK(reader.take(2).size() == 2);
  CHECK(reader.take(0).empty());
  CHECK(reader.ok());
  ByteReader empty(Bytes{});
  CHECK(empty.take(0).empty());
  CHECK(empty.ok());
}
