#include "floe/turn/channel_data.h"

#include <array>
#include <catch2/catch_test_macros.hpp>

#include "stun/hex.h"

using namespace floe;
using namespace floe::turn;
using namespace floe::testing;

namespace {

std::string written(const ChannelData& data, bool is_padded) {
  std::array<std::uint8_t, 64> buffer;
  ByteWriter out(buffer);
  data.write(out, is_padded);
  REQUIRE(out.ok());
  return to_hex(out.written());
}

}  // namespace

TEST_CASE("ChannelData is padded on streams only, and never counted", "[turn]") {
  const ByteVector payload = from_hex("0102030405");
  CHECK(written({0x4001, payload}, false) == "400100050102030405");
  CHECK(written({0x4001, payload}, true) == "400100050102030405000000");
  CHECK(written({0x4fff, Bytes(payload).first(4)}, true) == "4fff000401020304");
  CHECK(written({0x4000, {}}, true) == "40000000");
}

TEST_CASE("ChannelData is read with its padding or without", "[turn]") {
  for (const char* hex : {"400100050102030405", "400100050102030405000000"}) {
    const ByteVector bytes = from_hex(hex);
    const auto data = ChannelData::parse(bytes);
    REQUIRE(data);
    CHECK(data->channel == 0x4001);
    CHECK(to_hex(data->payload) == "0102030405");
  }
  const ByteVector empty = from_hex("40000000");
  REQUIRE(ChannelData::parse(empty));
  CHECK(ChannelData::parse(empty)->payload.empty());
}

TEST_CASE("what is no ChannelData is discarded", "[turn]") {
  for (const char* hex : {
           "",
           "40",
           "400000",
           "400000050102",
           "4000000001020304",
           "3fff0000",
           "50000000",
           "000100002112a442",
       }) {
    CAPTURE(hex);
    CHECK_FALSE(ChannelData::parse(from_hex(hex)));
  }
}
