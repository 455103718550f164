// A channel takes so much and no more, and says when it has room.
#include <catch2/catch_test_macros.hpp>

#include "channels/channel_pair.h"

using namespace floe;
using namespace floe::channels;
using namespace floe::testing;

TEST_CASE("a channel takes what fits its limit, and tells what waits") {
  ChannelPair pair;
  pair.connect();
  const ChannelId id = pair.open({.label = "x"});
  pair.network = [](Bytes) { return std::vector<Duration>{}; };
  const std::string message(sctp::kMessageSizeMax, 'a');
  std::size_t sent = 0;
  while (sent < 100 && pair.send(pair.client, id, message) == SendResult::sent) ++sent;
  CHECK(pair.send(pair.client, id, message) == SendResult::full);
  const std::size_t waiting = pair.client.channels->buffered(id);
  CHECK(waiting <= kBufferedMax);
  CHECK(waiting > kBufferedMax - message.size());
  CHECK(sent >= kBufferedMax / message.size());
}

TEST_CASE("a channel says when what waits has come down to the threshold") {
  ChannelPair pair({.message_size_max = sctp::kMessageSizeMax});
  pair.connect();
  const ChannelId id = pair.open({.label = "x"});
  constexpr std::size_t kThreshold = 1 << 20;
  pair.client.channels->set_low_threshold(id, kThreshold);
  for (int i = 0; i < 8; ++i) {
    REQUIRE(pair.send(pair.client, id, std::string(sctp::kMessageSizeMax, 'a')) ==
            SendResult::sent);
  }
  REQUIRE(pair.client.channels->buffered(id) > kThreshold);
  CHECK(pair.client.low.empty());
  REQUIRE(pair.run_until([&] { return !pair.client.low.empty(); }));
  CHECK(pair.client.channels->buffered(id) <= kThreshold);
  REQUIRE(pair.run_until([&] { return pair.server.received.size() == 8; }));
  CHECK(pair.client.low.size() == 1);
}

TEST_CASE("channels share the association, whichever was filled first") {
  ChannelPair pair({.message_size_max = sctp::kMessageSizeMax});
  pair.connect();
  const ChannelId bulk = pair.open({.label = "bulk"});
  const ChannelId small = pair.open({.label = "small"});
  for (int i = 0; i < 8; ++i) pair.send(pair.client, bulk, std::string(1 << 20, 'a'));
  pair.send(pair.client, small, "quick");
  REQUIRE(pair.run_until([&] {
    return !pair.server.received.empty() && pair.server.received.back().channel == small;
  }));
  CHECK(pair.server.received.size() < 8);
}

TEST_CASE("more channels than the limit are not opened") {
  ChannelPair pair;
  pair.connect();
  for (std::size_t i = 0; i < kChannelsMax; ++i) {
    REQUIRE(pair.client.channels->open(pair.now, {.label = "x"}));
  }
  const auto one_more = pair.client.channels->open(pair.now, {.label = "x"});
  REQUIRE_FALSE(one_more);
  CHECK(one_more.error() == OpenError::limit);
  const auto long_label =
      pair.server.channels->open(pair.now, {.label = std::string(kNameSizeMax + 1, 'x')});
  REQUIRE_FALSE(long_label);
  CHECK(long_label.error() == OpenError::too_long);
}
