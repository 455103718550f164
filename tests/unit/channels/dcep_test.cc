// The messages of RFC 8832, section 5.
#include "dcep.h"

#include <catch2/catch_test_macros.hpp>

#include "channels/channel_pair.h"

using namespace floe;
using namespace floe::channels;
using namespace floe::testing;

namespace {

ChannelOptions parsed(Bytes bytes) {
  const auto message = parse_control(bytes);
  REQUIRE(message);
  REQUIRE(std::holds_alternative<OpenMessage>(*message));
  return std::get<OpenMessage>(*message).options;
}

// Type, channel type, priority, reliability parameter, lengths of label and protocol, both.
const ByteVector kOpen{0x03, 0x81, 0x01, 0x00, 0, 0, 0, 5, 0, 2, 0, 1, 'h', 'i', 'p'};

}  // namespace

TEST_CASE("an opening says all of a channel") {
  const ChannelOptions options = parsed(kOpen);
  CHECK(options.label == "hi");
  CHECK(options.protocol == "p");
  CHECK_FALSE(options.delivery.ordered);
  CHECK(options.delivery.retransmissions_max == 5);
  CHECK_FALSE(options.delivery.lifetime_max);
  CHECK(write_open(options) == kOpen);
}

TEST_CASE("a lifetime is written in milliseconds") {
  const ByteVector bytes = write_open({.label = "", .delivery = {.lifetime_max = 3000ms}});
  CHECK(bytes == ByteVector{0x03, 0x02, 0x01, 0x00, 0, 0, 0x0b, 0xb8, 0, 0, 0, 0});
  CHECK(parsed(bytes).delivery.lifetime_max == 3000ms);
}

TEST_CASE("an opening that is cut short is refused wherever it is cut") {
  for (std::size_t size = 0; size < kOpen.size(); ++size) {
    const auto message = parse_control(Bytes(kOpen).first(size));
    REQUIRE_FALSE(message);
    CHECK(message.error() == ControlFlaw::truncated);
  }
}

TEST_CASE("what RFC 8832 does not know is refused") {
  ByteVector bytes = kOpen;
  bytes[1] = 0x03;
  CHECK(parse_control(bytes).error() == ControlFlaw::unknown_channel_type);
  bytes[0] = 0x04;
  CHECK(parse_control(bytes).error() == ControlFlaw::unknown_type);
  const ByteVector long_label = write_open({.label = std::string(kNameSizeMax + 1, 'x')});
  CHECK(parse_control(long_label).error() == ControlFlaw::too_long);
}

TEST_CASE("an acknowledgement is one byte") {
  CHECK(write_ack() == ByteVector{0x02});
  const auto message = parse_control(write_ack());
  REQUIRE(message);
  CHECK(std::holds_alternative<AckMessage>(*message));
}
