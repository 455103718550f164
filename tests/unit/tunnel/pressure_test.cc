// What the tunnel does when one side is faster than the other can take.
#include <catch2/catch_test_macros.hpp>

#include "encoded_records.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

const TransportAddress kRemote = address("198.51.100.7:5000");
const TransportAddress kLocal = address("192.0.2.1:40001");

ByteVector stun_like() {
  ByteVector message(20, 0);
  message[1] = 1;
  message[4] = 0x21, message[5] = 0x12, message[6] = 0xa4, message[7] = 0x42;
  return message;
}

/// A session that is open with one socket, and no client.
struct OpenSession {
  TestGateway gateway;
  Timestamp now{std::chrono::seconds(50)};
  ServerSession session{now, gateway.channel, gateway, gateway, SessionLimits{}};
  OpenSession() {
    session.handle_message(now, encode(Hello{1, 1, kServerCapabilities, {}},
                                       Bind{SocketId{1}, {IpAddress::v4(192, 0, 2, 1), 0, 0}}));
    session.sockets().handle_bound(SocketId{1}, kLocal, {});
    session.flush(now);
  }
};

}  // namespace

TEST_CASE("without credit a client queues a little, then drops the oldest", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  const ByteVector payload(1200, 1);
  const std::size_t window = SessionLimits{}.uplink_window;
  const std::size_t fit = window / (kRecordHeaderSize + 2 + 7 + payload.size());
  for (std::size_t i = 0; i < fit + kMaxQueuedDatagrams + 10; ++i) {
    CHECK(socket->send(kRemote, payload) == SendStatus::sent);
  }
  tunnel.client->flush();
  std::size_t under_way = 0;
  for (const ByteVector& message : tunnel.channel->outgoing) under_way += message.size();
  CHECK(under_way <= window + 64);  // the window, and control beside it
  CHECK(tunnel.client->stats().dropped.of(DropReason::out_queue_full) == 10);

  // Without flush nothing is drained: credit that comes finds what waits, and the rest is on time.
  tunnel.pump();
  CHECK(tunnel.gateway.sent.size() == fit + kMaxQueuedDatagrams);
  CHECK_FALSE(tunnel.session.is_closed());
}

TEST_CASE("a client that is asked first drops nothing", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  CHECK(tunnel.client->takes_datagram(1200));  // nothing is open that could have to wait
  tunnel.connect();
  const auto socket = tunnel.open(log);
  const ByteVector payload(1200, 1);
  std::size_t sent = 0;
  for (int turn = 0; turn < 3; ++turn) {
    while (tunnel.client->takes_datagram(payload.size())) {
      REQUIRE(socket->send(kRemote, payload) == SendStatus::sent);
      ++sent;
    }
    tunnel.pump();  // brings credit
  }
  CHECK(sent > 3 * 200);  // three windows
  CHECK(tunnel.gateway.sent.size() == sent);
  CHECK(tunnel.client->stats().dropped.total() == 0);
}

TEST_CASE("what waited too long for credit is dropped, STUN that waits goes first", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  const ByteVector large(60000, 1);
  for (int i = 0; i < 4; ++i) socket->send(kRemote, large);
  tunnel.client->flush();
  socket->send(kRemote, large);
  tunnel.clock.time += kMaxQueuedAge + 1ms;
  socket->send(kRemote, as_bytes("data"));
  socket->send(kRemote, stun_like());
  tunnel.pump();
  CHECK(tunnel.client->stats().dropped.of(DropReason::out_too_old) == 1);
  REQUIRE(tunnel.gateway.sent.size() == 6);
  CHECK(tunnel.gateway.sent[4].payload == stun_like());
  CHECK(tunnel.gateway.sent[5].payload == bytes_of("data"));
}

TEST_CASE("a client that exceeds its credit loses the session", "[tunnel]") {
  OpenSession open;
  const ByteVector payload(60000, 1);
  for (int i = 0; i < 10; ++i) {
    open.session.handle_message(open.now, encode(Send{SocketId{1}, {}, kRemote, payload}));
  }
  CHECK_FALSE(open.session.is_closed());  // credit was granted all the while
  ByteVector flood;
  for (int i = 0; i < 5; ++i) {
    const ByteVector one = encode(Send{SocketId{1}, {}, kRemote, ByteVector(12000, 1)});
    flood.insert(flood.end(), one.begin(), one.end());
  }
  // A window smaller than one message, as a server may not grant it to a client of its own.
  TestGateway strict;
  strict.limits.uplink_window = 30000;
  ServerSession session{open.now, strict.channel, strict, strict, strict.limits};
  session.handle_message(open.now, encode(Hello{}));
  session.handle_message(open.now, flood);
  CHECK(strict.close_code == close_code(ErrorCode::credit_exceeded));
}

TEST_CASE("while the channel is full the session asks the host not to read", "[tunnel]") {
  OpenSession open;
  CHECK(open.session.wants_datagrams());
  open.gateway.channel_full = true;
  open.session.sockets().handle_datagram(open.now, SocketId{1}, {kLocal, kRemote, as_bytes("x")});
  CHECK(open.session.wants_datagrams());
  open.session.flush(open.now);
  CHECK_FALSE(open.session.wants_datagrams());
  open.gateway.channel_full = false;
  open.session.handle_writable(open.now);
  CHECK(open.session.wants_datagrams());
}

TEST_CASE("a full downlink keeps control, then STUN, then the newest datagrams", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  tunnel.gateway.channel_full = true;
  tunnel.deliver(SocketId{1}, kRemote, "first");
  tunnel.session.flush(tunnel.clock.time);
  for (int i = 0; i < 40; ++i) tunnel.deliver(SocketId{1}, kRemote, std::to_string(i));
  tunnel.deliver(SocketId{1}, kRemote, as_text(stun_like()));
  tunnel.client->handle_timeout(tunnel.clock.time);
  tunnel.carry_up();
  tunnel.gateway.channel_full = false;
  tunnel.session.handle_writable(tunnel.clock.time);
  tunnel.pump();
  CHECK(tunnel.client->stats().round_trip);
  REQUIRE(log.received.size() == 34);
  CHECK(log.received[0].payload == bytes_of("first"));
  CHECK(log.received[1].payload == stun_like());
  CHECK(log.received[2].payload == bytes_of("8"));
  CHECK(log.received[33].payload == bytes_of("39"));
  tunnel.advance(1s);
  CHECK(tunnel.client->stats().dropped_by_gateway.of(DropReason::in_queue_full) == 8);
}

TEST_CASE("what waits for a socket does not reach the next one with its id", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log, next_log;
  tunnel.connect();
  auto socket = tunnel.open(log);
  tunnel.gateway.channel_full = true;
  tunnel.deliver(SocketId{1}, kRemote, "direct");
  tunnel.session.flush(tunnel.clock.time);
  tunnel.deliver(SocketId{1}, kRemote, "queued");
  socket.reset();
  tunnel.carry_up();
  tunnel.gateway.channel_full = false;
  tunnel.session.handle_writable(tunnel.clock.time);
  const auto next = tunnel.open(next_log);
  tunnel.pump();
  CHECK(next_log.bound);
  CHECK(next_log.received.empty());
  tunnel.advance(1s);
  CHECK(tunnel.client->stats().dropped_by_gateway.of(DropReason::in_no_socket) == 1);
}

TEST_CASE("a full uplink keeps control and resumes", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  tunnel.channel->full = true;
  socket->send(kRemote, as_bytes("held"));
  tunnel.client->flush();
  for (int i = 0; i < 40; ++i) socket->send(kRemote, as_bytes(std::to_string(i)));
  SocketLog other_log;
  const auto other = tunnel.client->open({}, other_log);
  tunnel.client->flush();
  CHECK(tunnel.channel->outgoing.empty());
  tunnel.channel->full = false;
  tunnel.channel->listener->on_channel_drained();
  tunnel.pump();
  CHECK(other_log.bound);
  REQUIRE(tunnel.gateway.sent.size() == 33);
  CHECK(tunnel.gateway.sent[0].payload == bytes_of("held"));
  CHECK(tunnel.gateway.sent[32].payload == bytes_of("39"));
  CHECK(tunnel.client->stats().dropped.of(DropReason::out_queue_full) == 8);
}

TEST_CASE("what waits for the uplink of a socket that closes is dropped and counted", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  auto socket = tunnel.open(log);
  tunnel.channel->full = true;
  socket->send(kRemote, as_bytes("held"));
  tunnel.client->flush();
  socket->send(kRemote, as_bytes("waits"));
  socket.reset();
  CHECK(tunnel.client->stats().dropped.of(DropReason::out_no_socket) == 1);
  tunnel.channel->full = false;
  tunnel.channel->listener->on_channel_drained();
  tunnel.pump();
  CHECK(tunnel.gateway.sent.size() == 1);
}

TEST_CASE("the totals of a socket that closed are not forgotten", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  auto socket = tunnel.open(log);
  tunnel.gateway.out_verdict = {false, DenyReason::port};
  socket->send(kRemote, {});
  tunnel.pump();
  tunnel.advance(1s);
  socket->send(kRemote, {});
  tunnel.pump();
  socket.reset();
  tunnel.pump();
  const auto again = tunnel.open(log);
  again->send(kRemote, {});
  tunnel.pump();
  tunnel.advance(1s);
  CHECK(tunnel.client->stats().dropped_by_gateway.of(DropReason::out_denied) == 3);
}

TEST_CASE("a client that floods control and does not read loses the session", "[tunnel]") {
  OpenSession open;
  open.gateway.channel_full = true;
  ByteVector flood;
  for (std::uint16_t i = 0; i < 9000; ++i) {
    const ByteVector one = encode(TcpData{TcpId{1}, as_bytes("x")});
    flood.insert(flood.end(), one.begin(), one.end());
  }
  open.session.handle_message(open.now, flood);
  CHECK(open.gateway.close_code == close_code(ErrorCode::overloaded));
}

TEST_CASE("a gateway that floods control and does not read loses its client", "[tunnel]") {
  Tunnel tunnel;
  tunnel.connect();
  tunnel.channel->full = true;
  ByteVector flood;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const ByteVector one = encode(Ping{i});
    flood.insert(flood.end(), one.begin(), one.end());
  }
  for (int i = 0; i < 5 && tunnel.channel->listener && !tunnel.client->is_closed(); ++i) {
    tunnel.channel->listener->on_channel_message(MessageKind::binary, flood);
    tunnel.client->flush();
  }
  CHECK(tunnel.log.cause == CloseCause::protocol);
  CHECK(tunnel.log.code == close_code(ErrorCode::overloaded));
}

TEST_CASE("a flood from strangers over a full channel leaves a bounded rest", "[tunnel]") {
  OpenSession open;
  open.gateway.channel_full = true;
  const ByteVector payload(1200, 1);
  for (std::uint16_t i = 0; i < 60000; ++i) {
    const TransportAddress from{IpAddress::v4(203, 0, static_cast<std::uint8_t>(i >> 8), 1), i};
    open.session.sockets().handle_datagram(open.now, SocketId{1}, {kLocal, from, payload});
    if (i % 64 == 0) open.session.flush(open.now);
  }
  open.gateway.channel_full = false;
  open.gateway.messages.clear();
  open.session.handle_writable(open.now);
  std::size_t held = 0;
  for (const ByteVector& message : open.gateway.messages) held += message.size();
  CHECK(held <= kMaxMessageSize + kMaxQueuedBytes);
  // One message was built before the channel was known to be full; 32 waited; all else is counted.
  const SessionStats stats = open.session.stats();
  CHECK(stats.datagrams_in == 60000);
  CHECK(stats.datagrams_dropped >= 60000 - 32 - kCoalescedMessageSize / 1200 - 1);
}
