// Packets are lost, doubled and reordered: reliable channels lose nothing, the others what they
// may.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include <set>

#include "channels/channel_pair.h"

using namespace floe;
using namespace floe::channels;
using namespace floe::testing;

namespace {

/// Loses `percent` of the packets, doubles some, and delays each by 5 to 25 ms.
PacketFate bad_network(std::uint32_t percent, std::uint64_t seed) {
  auto random = std::make_shared<sim::SeededRandom>(seed);
  return [random, percent](Bytes) {
    std::vector<Duration> arrivals;
    const auto delay = [&] { return Duration(5ms) + Duration(random->below(20'000)); };
    if (random->below(100) >= percent) arrivals.push_back(delay());
    if (random->below(100) < 5) arrivals.push_back(delay());
    return arrivals;
  };
}

void send_numbers(ChannelPair& pair, ChannelId id, int count) {
  for (int i = 0; i < count; ++i) {
    REQUIRE(pair.send(pair.client, id, std::to_string(i)) == SendResult::sent);
    pair.run(2ms);
  }
}

std::vector<std::string> numbers(int count) {
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) texts.push_back(std::to_string(i));
  return texts;
}

}  // namespace

TEST_CASE("a reliable channel loses nothing and keeps the order") {
  const auto seed = GENERATE(range(1u, 11u));
  ChannelPair pair;
  pair.network = bad_network(10, seed);
  pair.connect();
  const ChannelId id = pair.open({.label = "x"});
  send_numbers(pair, id, 200);
  REQUIRE(pair.run_until([&] { return pair.server.received.size() >= 200; }));
  CHECK(pair.server.texts() == numbers(200));
}

TEST_CASE("an unordered channel loses nothing, in any order") {
  ChannelPair pair;
  pair.network = bad_network(10, 3);
  pair.connect();
  const ChannelId id = pair.open({.label = "x", .delivery = {.ordered = false}});
  send_numbers(pair, id, 200);
  REQUIRE(pair.run_until([&] { return pair.server.received.size() >= 200; }));
  auto texts = pair.server.texts();
  CHECK(texts != numbers(200));
  std::ranges::sort(texts);
  auto expected = numbers(200);
  std::ranges::sort(expected);
  CHECK(texts == expected);
}

TEST_CASE("a channel without retransmissions loses what the network loses, and never waits") {
  ChannelPair pair;
  pair.connect();
  const ChannelId id =
      pair.open({.label = "x", .delivery = {.ordered = false, .retransmissions_max = 0}});
  pair.network = bad_network(20, 5);
  send_numbers(pair, id, 500);
  pair.run(5s);
  const auto texts = pair.server.texts();
  const std::set<std::string> different(texts.begin(), texts.end());
  CHECK(different.size() == texts.size());
  CHECK(texts.size() > 350);
  CHECK(texts.size() < 480);
}

TEST_CASE("a message whose lifetime is over is not sent any more") {
  ChannelPair pair;
  pair.connect();
  const ChannelId id = pair.open({.label = "x", .delivery = {.lifetime_max = 100ms}});
  pair.network = [](Bytes) { return std::vector<Duration>{}; };
  pair.send(pair.client, id, "in vain");
  pair.run(1s);
  pair.network = [](Bytes) { return std::vector{ChannelPair::kOneWay}; };
  pair.send(pair.client, id, "in time");
  REQUIRE(pair.run_until([&] { return !pair.server.received.empty(); }));
  CHECK(pair.server.texts() == std::vector<std::string>{"in time"});
}

TEST_CASE("a message that waited too long for the association is not sent") {
  ChannelPair pair;
  const auto id =
      pair.client.channels->open(pair.now, {.label = "x", .delivery = {.lifetime_max = 100ms}});
  REQUIRE(id);
  pair.send(pair.client, *id, "too late");
  pair.now += 1s;
  pair.send(pair.client, *id, "in time");
  pair.connect();
  REQUIRE(pair.run_until([&] { return !pair.server.received.empty(); }));
  CHECK(pair.server.texts() == std::vector<std::string>{"in time"});
  CHECK(pair.client.channels->counters(*id)->messages_expired == 1);
}

// The opening is lost, the message behind it is not: unordered it would come before its channel.
TEST_CASE("what is sent before the answer keeps its order") {
  ChannelPair pair;
  pair.connect();
  std::size_t index = 0;
  pair.network = [&](Bytes) {
    return index++ == 0 ? std::vector<Duration>{} : std::vector{ChannelPair::kOneWay};
  };
  const auto id =
      pair.client.channels->open(pair.now, {.label = "x", .delivery = {.ordered = false}});
  REQUIRE(id);
  pair.collect(pair.client);
  pair.send(pair.client, *id, "right behind");
  REQUIRE(pair.run_until([&] { return !pair.server.received.empty(); }));
  CHECK(pair.server.texts() == std::vector<std::string>{"right behind"});
}

// RFC 9260, section 5.1: "the COOKIE ACK chunk MUST be the first chunk in the packet". dcSCTP takes
// data before it as well, but the channel that opens then is not ready.
TEST_CASE("no data comes before the end of the handshake, whatever is lost") {
  enum Chunk : std::uint8_t { data = 0, cookie_echo = 10, cookie_ack = 11 };
  for (std::size_t lost = 0; lost < 12; ++lost) {
    CAPTURE(lost);
    ChannelPair pair;
    std::set<ByteVector> complete;  // by the tags of the ends that a packet is for
    std::size_t index = 0;
    pair.network = [&](Bytes packet) {
      // The second one is the INIT of the server, which only answers then.
      const std::size_t number = index++;
      if (number == 1 || number == lost) return std::vector<Duration>{};
      const Bytes tag = packet.subspan(4, 4);
      const std::uint8_t first = packet[12];
      if (first == cookie_echo || first == cookie_ack) complete.insert({tag.begin(), tag.end()});
      if (first == data) CHECK(complete.contains({tag.begin(), tag.end()}));
      return std::vector{ChannelPair::kOneWay};
    };
    REQUIRE(pair.client.channels->open(pair.now, {.label = "x"}));
    REQUIRE(pair.server.channels->open(pair.now, {.label = "y"}));
    pair.connect();
    CHECK(pair.run_until(
        [&] { return pair.client.opened.size() == 2 && pair.server.opened.size() == 2; }, 5s));
  }
}

TEST_CASE("each packet of an opening may be lost once") {
  for (std::size_t lost = 0; lost < 12; ++lost) {
    CAPTURE(lost);
    ChannelPair pair;
    std::size_t index = 0;
    pair.network = [&](Bytes) {
      return index++ == lost ? std::vector<Duration>{} : std::vector{ChannelPair::kOneWay};
    };
    pair.connect();
    const ChannelId id = pair.open({.label = "x"});
    pair.send(pair.client, id, "hello");
    CHECK(pair.run_until([&] { return !pair.server.received.empty(); }, 5s));
  }
}

TEST_CASE("a path that is dead for a while delays what was sent") {
  ChannelPair pair;
  pair.connect();
  const ChannelId id = pair.open({.label = "x"});
  const auto alive = pair.network;
  pair.network = [](Bytes) { return std::vector<Duration>{}; };
  pair.send(pair.client, id, "patience");
  pair.run(20s);
  CHECK(pair.server.received.empty());
  pair.network = alive;
  CHECK(pair.run_until([&] { return !pair.server.received.empty(); }, 15s));
}

TEST_CASE("a peer that is gone is noticed") {
  ChannelPair pair;
  pair.connect();
  const ChannelId id = pair.open({.label = "x"});
  pair.network = [](Bytes) { return std::vector<Duration>{}; };
  pair.send(pair.client, id, "anybody?");
  REQUIRE(pair.run_until([&] { return pair.client.ended.has_value(); }, 300s));
  CHECK(pair.client.ended->reason == sctp::EndReason::lost);
}

TEST_CASE("an association that is quiet hardly wakes its host") {
  ChannelPair pair;
  pair.connect();
  pair.open({.label = "x"});
  pair.run(1s);
  const std::size_t packets = pair.packets();
  int wakes = 0;
  const Timestamp end = pair.now + 60s;
  while (pair.client.channels->deadline() <= end) {
    pair.now = pair.client.channels->deadline();
    pair.client.channels->handle_timeout(pair.now);
    pair.collect(pair.client);
    ++wakes;
  }
  CHECK(wakes <= 60);
  CHECK(pair.packets() == packets);
}
