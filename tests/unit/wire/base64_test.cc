#include "floe/wire/base64.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>

namespace floe {
namespace {

TEST_CASE("base64 is written as in RFC 4648, section 10", "[wire]") {
  CHECK(encode_base64(as_bytes("")) == "");
  CHECK(encode_base64(as_bytes("f")) == "Zg==");
  CHECK(encode_base64(as_bytes("fo")) == "Zm8=");
  CHECK(encode_base64(as_bytes("foo")) == "Zm9v");
  CHECK(encode_base64(as_bytes("foob")) == "Zm9vYg==");
  CHECK(encode_base64(as_bytes("fooba")) == "Zm9vYmE=");
  CHECK(encode_base64(as_bytes("foobar")) == "Zm9vYmFy");
}

TEST_CASE("all bytes survive base64", "[wire]") {
  std::array<std::uint8_t, 255> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i + 1);
  std::array<std::uint8_t, 255> read{};
  REQUIRE(decode_base64(encode_base64(bytes), read));
  CHECK(read == bytes);
}

TEST_CASE("base64 is refused in another size or with another character", "[wire]") {
  std::array<std::uint8_t, 3> bytes;
  CHECK(decode_base64("Zm9v", bytes));
  CHECK_FALSE(decode_base64("Zm9vYmFy", bytes));
  CHECK_FALSE(decode_base64("Zm9", bytes));
  CHECK_FALSE(decode_base64("Zm8=", bytes));
  CHECK_FALSE(decode_base64("Zm-v", bytes));
  CHECK_FALSE(decode_base64("Zm v", bytes));
}

}  // namespace
}  // namespace floe
