// Channels are opened, carry messages, and are closed.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "channels/channel_pair.h"

using namespace floe;
using namespace floe::channels;
using namespace floe::testing;

namespace {

ByteVector pattern(std::size_t size) {
  ByteVector bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 251);
  return bytes;
}

}  // namespace

TEST_CASE("a channel that one end opens is the other's, too") {
  ChannelPair pair;
  pair.connect();
  const ChannelId id =
      pair.open({.label = "doors", .protocol = "v1", .delivery = {.ordered = false}});
  CHECK(id == ChannelId(0));
  REQUIRE(pair.server.opened.size() == 1);
  const ChannelOpened& opened = pair.server.opened.front();
  CHECK(opened.channel == id);
  CHECK(opened.by_peer);
  CHECK(opened.options.label == "doors");
  CHECK(opened.options.protocol == "v1");
  CHECK_FALSE(opened.options.delivery.ordered);
  CHECK_FALSE(pair.client.opened.front().by_peer);
}

TEST_CASE("the server of DTLS opens channels with odd numbers") {
  ChannelPair pair;
  pair.connect();
  const auto first = pair.server.channels->open(pair.now, {.label = "a"});
  const auto second = pair.server.channels->open(pair.now, {.label = "b"});
  REQUIRE((first && second));
  CHECK(*first == ChannelId(1));
  CHECK(*second == ChannelId(3));
  pair.collect(pair.server);
  CHECK(pair.run_until([&] { return pair.client.opened.size() == 2; }));
}

TEST_CASE("texts, bytes and empty messages arrive as what they are, in order") {
  ChannelPair pair;
  pair.connect();
  const ChannelId id = pair.open({.label = "x"});
  pair.send(pair.client, id, "hello");
  pair.send(pair.client, id, "");
  CHECK(pair.client.channels->send(pair.now, id, MessageKind::binary, {}) == SendResult::sent);
  CHECK(pair.client.channels->send(pair.now, id, MessageKind::binary, ByteVector{0, 1}) ==
        SendResult::sent);
  pair.collect(pair.client);
  REQUIRE(pair.run_until([&] { return pair.server.received.size() == 4; }));
  CHECK(pair.server.received[0].kind == MessageKind::text);
  CHECK(as_text(pair.server.received[0].bytes) == "hello");
  CHECK(pair.server.received[1].kind == MessageKind::text);
  CHECK(pair.server.received[1].bytes.empty());
  CHECK(pair.server.received[2].kind == MessageKind::binary);
  CHECK(pair.server.received[2].bytes.empty());
  CHECK(pair.server.received[3].bytes == ByteVector{0, 1});
}

TEST_CASE("what is sent before there is an association waits for it") {
  ChannelPair pair;
  const auto id = pair.client.channels->open(pair.now, {.label = "early"});
  REQUIRE(id);
  pair.send(pair.client, *id, "first");
  pair.connect();
  CHECK(pair.run_until([&] { return pair.server.texts() == std::vector<std::string>{"first"}; }));
}

TEST_CASE("a message has the length that the receiver takes") {
  const std::size_t size = GENERATE(std::size_t{1}, 65'536, 262'144, 1'048'576);
  ChannelPair pair({.message_size_max = sctp::kMessageSizeMax});
  pair.connect();
  const ChannelId id = pair.open({.label = "bulk"});
  const ByteVector message = pattern(size);
  REQUIRE(pair.client.channels->send(pair.now, id, MessageKind::binary, message) ==
          SendResult::sent);
  pair.collect(pair.client);
  REQUIRE(pair.run_until([&] { return !pair.server.received.empty(); }));
  CHECK(pair.server.received.front().bytes == message);
}

TEST_CASE("a message longer than the peer takes is refused") {
  ChannelPair pair({}, 1000);
  pair.connect();
  const ChannelId id = pair.open({.label = "x"});
  CHECK(pair.send(pair.client, id, std::string(1000, 'a')) == SendResult::sent);
  CHECK(pair.send(pair.client, id, std::string(1001, 'a')) == SendResult::too_long);
}

TEST_CASE("a message of the peer that is too long ends the association") {
  ChannelPair pair({.message_size_max = 1000});
  pair.connect();
  const ChannelId id = pair.open({.label = "x"});
  pair.send(pair.client, id, std::string(5000, 'a'));
  REQUIRE(pair.run_until([&] { return pair.server.ended && pair.client.ended; }));
  CHECK(pair.server.ended->reason == sctp::EndReason::message_too_long);
  CHECK(pair.client.ended->reason == sctp::EndReason::closed_by_peer);
  CHECK(pair.server.received.empty());
}

TEST_CASE("a channel that one end closes is closed at both, after what was sent") {
  ChannelPair pair;
  pair.connect();
  const ChannelId id = pair.open({.label = "x"});
  pair.send(pair.client, id, "last words");
  pair.client.channels->close_channel(pair.now, id);
  pair.collect(pair.client);
  CHECK(pair.send(pair.client, id, "more") == SendResult::no_channel);
  REQUIRE(
      pair.run_until([&] { return !pair.client.closed.empty() && !pair.server.closed.empty(); }));
  CHECK(pair.server.texts() == std::vector<std::string>{"last words"});
  CHECK(pair.client.closed == std::vector{id});
  CHECK(pair.server.closed == std::vector{id});

  // And its number is free.
  CHECK(pair.open({.label = "next"}) == id);
  pair.send(pair.client, id, "again");
  CHECK(pair.run_until([&] { return pair.server.texts().back() == "again"; }));
}

TEST_CASE("a channel that was negotiated needs no message to be opened") {
  ChannelPair pair;
  const ChannelOptions options{.label = "fixed", .negotiated = ChannelId(7)};
  REQUIRE(pair.client.channels->open(pair.now, options));
  REQUIRE(pair.server.channels->open(pair.now, options));
  pair.connect();
  pair.send(pair.server, ChannelId(7), "here");
  CHECK(pair.run_until([&] { return pair.client.texts() == std::vector<std::string>{"here"}; }));
  CHECK(pair.client.opened.size() == 1);
  const auto again = pair.client.channels->open(pair.now, options);
  REQUIRE_FALSE(again);
  CHECK(again.error() == OpenError::taken);
}

TEST_CASE("an end that closes tells the other") {
  ChannelPair pair;
  pair.connect();
  pair.open({.label = "x"});
  pair.client.channels->close(pair.now);
  pair.collect(pair.client);
  REQUIRE(pair.run_until([&] { return pair.server.ended.has_value(); }));
  CHECK(pair.server.ended->reason == sctp::EndReason::closed_by_peer);
  CHECK(pair.client.channels->deadline() == kNever);
  CHECK(pair.server.channels->deadline() == kNever);
}
