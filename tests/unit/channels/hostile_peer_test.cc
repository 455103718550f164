// A peer that breaks the rules of RFC 8831 and 8832, by an association without channels.
#include <catch2/catch_test_macros.hpp>

#include "channels/channel_pair.h"
#include "dcep.h"

using namespace floe;
using namespace floe::channels;
using namespace floe::testing;

namespace {

/// Our end is the client of DTLS; the peer is made by hand.
class HostilePeer {
 public:
  HostilePeer() {
    REQUIRE(channels.connect(now));
    REQUIRE(peer.connect(now));
    pass();
  }

  void send(std::uint16_t stream, sctp::PayloadProtocol protocol, Bytes bytes) {
    CHECK(peer.send(now, sctp::StreamId(stream), protocol, bytes, {}) == sctp::SendResult::sent);
    pass();
  }

  void open(std::uint16_t stream) { send(stream, kControl, write_open({.label = "x"})); }

  /// Until both have nothing to say for a second.
  void pass() {
    const Timestamp end = now + 1s;
    for (; now < end; now += 10ms) {
      bool is_busy = true;
      while (is_busy) {
        is_busy = false;
        while (auto output = channels.poll_output()) is_busy |= take(*output);
        while (auto output = peer.poll_output()) {
          if (auto* packet = std::get_if<sctp::Transmit>(&*output)) {
            channels.handle_packet(now, packet->packet);
            is_busy = true;
          } else if (auto* reset = std::get_if<sctp::ResetByPeer>(&*output)) {
            was_reset.insert(was_reset.end(), reset->streams.begin(), reset->streams.end());
          }
        }
      }
      channels.handle_timeout(now);
      peer.handle_timeout(now);
    }
  }

  std::vector<ChannelId> opened;
  std::vector<MessageReceived> received;
  std::vector<sctp::StreamId> was_reset;
  bool ended = false;
  Timestamp now{1h};
  sim::SeededRandom random{1};
  sim::SeededRandom peer_random{2};
  Channels channels{Side::dtls_client, {}, 0, random};
  sctp::Association peer{{}, peer_random};

 private:
  bool take(Output& output) {
    if (auto* packet = std::get_if<Transmit>(&output)) {
      peer.handle_packet(now, packet->packet);
      return true;
    }
    if (const auto* channel = std::get_if<ChannelOpened>(&output)) {
      opened.push_back(channel->channel);
    } else if (auto* message = std::get_if<MessageReceived>(&output)) {
      received.push_back(std::move(*message));
    } else if (std::holds_alternative<Ended>(output)) {
      ended = true;
    }
    return false;
  }
};

}  // namespace

TEST_CASE("a channel with a number of ours is not opened, and its stream is reset") {
  HostilePeer peer;
  peer.open(2);
  CHECK(peer.opened.empty());
  CHECK(peer.was_reset == std::vector{sctp::StreamId(2)});
  peer.open(3);
  CHECK(peer.opened == std::vector{ChannelId(3)});
}

TEST_CASE("an opening that cannot be understood resets its stream") {
  HostilePeer peer;
  peer.send(5, kControl, ByteVector{0x03, 0x00});
  CHECK(peer.opened.empty());
  CHECK(peer.was_reset == std::vector{sctp::StreamId(5)});
}

TEST_CASE("messages of no channel, and of no kind that is known, are not told") {
  HostilePeer peer;
  peer.send(1, kText, as_bytes("nobody opened this"));
  peer.send(2, sctp::PayloadProtocol(99), as_bytes("what is this"));
  peer.open(1);
  peer.send(1, sctp::PayloadProtocol(99), as_bytes("what is this"));
  peer.send(1, kText, as_bytes("hello"));
  REQUIRE(peer.received.size() == 1);
  CHECK(as_text(peer.received.front().bytes) == "hello");
}

TEST_CASE("a second opening and an answer to nothing change nothing") {
  HostilePeer peer;
  peer.send(4, kControl, write_ack());
  peer.open(1);
  peer.open(1);
  peer.send(1, kControl, write_ack());
  CHECK(peer.opened == std::vector{ChannelId(1)});
  CHECK(peer.was_reset.empty());
}

TEST_CASE("a peer opens as many channels as the limit has") {
  HostilePeer peer;
  for (std::uint16_t stream = 1; stream < sctp::kStreamsMax; stream += 2) {
    (void)peer.peer.send(peer.now, sctp::StreamId(stream), kControl, write_open({.label = "x"}),
                         {});
  }
  peer.pass();
  CHECK(peer.opened.size() == kChannelsMax);
  CHECK_FALSE(peer.ended);
}

TEST_CASE("packets that are none are without effect") {
  HostilePeer peer;
  peer.open(1);
  sim::SeededRandom random(7);
  for (std::size_t size = 0; size < 200; ++size) {
    ByteVector packet(size);
    random.fill(packet);
    if (size > 4) packet[0] = packet[2] = 0x13, packet[1] = packet[3] = 0x88;
    peer.channels.handle_packet(peer.now, packet);
  }
  peer.send(1, kText, as_bytes("still here"));
  REQUIRE(peer.received.size() == 1);
  CHECK_FALSE(peer.ended);
}
