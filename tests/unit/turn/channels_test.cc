#include "channels.h"

#include <catch2/catch_test_macros.hpp>

#include "stun/string_makers.h"

using namespace floe;
using namespace floe::turn;

namespace {

constexpr Timestamp kNow{100h};

TransportAddress peer(std::size_t number) {
  return {IpAddress::v4(203, 0, 113, static_cast<std::uint8_t>(number)), 1000};
}

void bind_channel(Channels& channels, Timestamp now, const TransportAddress& to) {
  channels.set_wanted(now, std::vector{to});
  REQUIRE(channels.next_due(now));
  channels.bound(now, to);
}

}  // namespace

TEST_CASE("each peer has a number of its own, and keeps it", "[turn]") {
  Channels channels;
  bind_channel(channels, kNow, peer(1));
  bind_channel(channels, kNow, peer(2));
  CHECK(channels.number_of(kNow, peer(1)) == 0x4000);
  CHECK(channels.number_of(kNow, peer(2)) == 0x4001);
  CHECK_FALSE(channels.number_of(kNow + kChannelLifetime, peer(1)));
  bind_channel(channels, kNow + kChannelLifetime, peer(1));
  CHECK(channels.number_of(kNow + kChannelLifetime, peer(1)) == 0x4000);
}

TEST_CASE("a number goes to another peer only after its cool-down", "[turn]") {
  Channels channels;
  for (std::size_t i = 0; i < kChannelsMax; ++i) bind_channel(channels, kNow, peer(i));
  const Timestamp expired = kNow + kChannelLifetime;
  channels.set_wanted(expired + 300s, std::vector{peer(100)});
  CHECK_FALSE(channels.next_due(expired + 300s));
  channels.set_wanted(expired + kChannelCoolDown, std::vector{peer(100)});
  const auto due = channels.next_due(expired + kChannelCoolDown);
  REQUIRE(due);
  CHECK(due->peer == peer(100));
  CHECK(due->number == 0x4000);
}

TEST_CASE("a number whose answer was lost is not free, and its data is known", "[turn]") {
  Channels channels;
  channels.set_wanted(kNow, std::vector{peer(1)});
  CHECK_FALSE(channels.peer_of(kNow, 0x4000));
  REQUIRE(channels.next_due(kNow));
  CHECK(channels.peer_of(kNow, 0x4000) == peer(1));
  CHECK_FALSE(channels.number_of(kNow, peer(1)));
  CHECK_FALSE(channels.peer_of(kNow, 0x4001));
}
