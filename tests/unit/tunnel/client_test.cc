#include <catch2/catch_test_macros.hpp>

#include "encoded_records.h"
#include "tunnel_socket.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

const TransportAddress kRemote = address("198.51.100.7:5000");

/// Hands the client a message as if the gateway had sent it.
void inject(Tunnel& tunnel, const ByteVector& message) {
  tunnel.channel->listener->on_channel_message(MessageKind::binary, message);
}

}  // namespace

TEST_CASE("a client learns addresses, binds what was opened early, and meets peers", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  const auto socket = tunnel.client->open({IpAddress::v4(192, 0, 2, 1), 0, 0}, log);
  CHECK_FALSE(tunnel.client->addresses());
  CHECK(socket->send(kRemote, {}) == SendStatus::failed);

  tunnel.connect();
  CHECK(tunnel.log.ready == 1);
  REQUIRE(tunnel.client->addresses());
  CHECK(tunnel.client->addresses()->size() == 2);
  CHECK((*tunnel.client->addresses())[0].interface_name == "eth0");
  CHECK(log.bound == address("192.0.2.1:40001"));
  CHECK(static_cast<TunnelSocket&>(*socket).mapped() == address("198.51.100.1:7"));

  CHECK(socket->send(kRemote, as_bytes("hello")) == SendStatus::sent);
  tunnel.pump();
  REQUIRE(tunnel.gateway.sent.size() == 1);
  CHECK(tunnel.gateway.sent[0].to == kRemote);
  CHECK(tunnel.gateway.sent[0].payload == bytes_of("hello"));

  tunnel.deliver(SocketId{1}, kRemote, "world");
  tunnel.deliver(SocketId{1}, address("[2001:db8::9]:1"), "");
  tunnel.pump();
  REQUIRE(log.received.size() == 2);
  CHECK(log.received[0].local == *log.bound);
  CHECK(log.received[0].remote == kRemote);
  CHECK(log.received[0].payload == bytes_of("world"));
  CHECK(log.received[1].payload.empty());
}

TEST_CASE("a datagram of any size comes through, in both forms", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log, "2001:db8::1");
  const TransportAddress remote = address("[2001:db8::9]:1");
  for (const std::size_t size : {0ul, 1ul, 1200ul, 16384ul, kMaxDatagramSize}) {
    for (std::uint32_t i = 0; i < kUsesBeforeShortId + 2; ++i) {
      const std::string payload(size, 'p');
      REQUIRE(socket->send(remote, as_bytes(payload)) == SendStatus::sent);
      tunnel.deliver(SocketId{1}, remote, payload);
      tunnel.pump();
      REQUIRE(tunnel.gateway.sent.back().payload.size() == size);
      REQUIRE(log.received.back().payload.size() == size);
      REQUIRE(log.received.back().remote == remote);
    }
  }
  const ByteVector too_large(kMaxDatagramSize + 1);
  CHECK(socket->send(remote, too_large) == SendStatus::too_large);
}

TEST_CASE("a peer that is used often costs fewer bytes", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  const auto size_of_one = [&] {
    socket->send(kRemote, as_bytes("x"));
    tunnel.client->flush();
    const std::size_t size = tunnel.channel->outgoing.back().size();
    tunnel.pump();
    return size;
  };
  const std::size_t full = size_of_one();
  for (std::uint32_t i = 0; i < kUsesBeforeShortId; ++i) size_of_one();
  CHECK(size_of_one() == full - 5);
  CHECK(tunnel.gateway.sent.size() == kUsesBeforeShortId + 2);
}

TEST_CASE("datagrams of one turn share a message, and nothing waits for flush forever",
          "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  const ByteVector payload(1200, 1);
  for (int i = 0; i < 13; ++i) socket->send(kRemote, payload);
  CHECK(tunnel.channel->outgoing.empty());
  socket->send(kRemote, payload);
  CHECK(tunnel.channel->outgoing.size() == 1);
  tunnel.client->flush();
  CHECK(tunnel.channel->outgoing.size() == 2);
}

TEST_CASE("hosts without turns are told when there is something to flush, once", "[tunnel]") {
  struct Listener final : ClientListener {
    int wanted = 0;
    void on_flush_wanted() override { ++wanted; }
    void on_closed(const ClientClosed&) override {}
  } listener;
  TestClock clock;
  MemoryChannels channels;
  Client client{channels, clock, listener, {}};
  SocketLog log;
  const auto one = client.open({}, log);
  const auto two = client.open({}, log);
  CHECK(listener.wanted == 1);
  client.flush();
  channels.last->listener->on_channel_open();
  CHECK(listener.wanted == 2);
}

TEST_CASE("a peer that policy denies fails at once, until it is allowed", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  tunnel.gateway.out_verdict = {false, DenyReason::address};
  tunnel.gateway.permission_answer = {PermissionState::denied, DenyReason::address, {}};
  for (std::uint32_t i = 0; i < kUsesBeforeShortId; ++i) {
    CHECK(socket->send(kRemote, {}) == SendStatus::sent);
  }
  tunnel.pump();
  CHECK(socket->send(kRemote, {}) == SendStatus::failed);
  const auto& tunnel_socket = static_cast<TunnelSocket&>(*socket);
  CHECK(tunnel_socket.permission(kRemote)->reason == DenyReason::address);
  tunnel.advance(2s);
  CHECK(tunnel.client->stats().dropped_by_gateway.of(DropReason::out_denied) == kUsesBeforeShortId);
  CHECK(tunnel.client->stats().sends_denied == 1);

  tunnel.gateway.out_verdict = {true, {}};
  tunnel.session.sockets().handle_permission(SocketId{1}, kRemote,
                                             {PermissionState::open, {}, 30s});
  tunnel.pump();
  CHECK(socket->send(kRemote, {}) == SendStatus::sent);
}

TEST_CASE("sockets beyond the limit and bad addresses fail with their reason", "[tunnel]") {
  SessionLimits limits;
  limits.max_sockets = 2;
  Tunnel tunnel{{}, limits};
  tunnel.connect();
  SocketLog logs[4];
  std::vector<std::unique_ptr<DatagramSocket>> sockets;
  for (int i = 0; i < 3; ++i) sockets.push_back(tunnel.open(logs[i]));
  CHECK(logs[1].bound);
  CHECK(logs[2].failed == BindError::limit);

  sockets[0].reset();
  tunnel.pump();
  tunnel.binds = false;
  sockets.push_back(tunnel.open(logs[3]));
  CHECK_FALSE(logs[3].failed);
  tunnel.session.sockets().handle_socket_failed(SocketId{1}, BindError::address_not_available);
  tunnel.pump();
  CHECK(logs[3].failed == BindError::address_not_available);
  CHECK(sockets[3]->send(kRemote, {}) == SendStatus::failed);
}

TEST_CASE("a closed socket is closed at the gateway, and what still comes is a stray", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  auto socket = tunnel.open(log);
  tunnel.deliver(SocketId{1}, kRemote, "late");
  socket.reset();
  tunnel.carry_down();
  CHECK(log.received.empty());
  CHECK(tunnel.client->stats().strays == 1);
  CHECK(tunnel.gateway.open_sockets.size() == 1);
  tunnel.pump();
  CHECK(tunnel.gateway.open_sockets.empty());
  SocketLog next;
  const auto again = tunnel.open(next);
  CHECK(next.bound == address("192.0.2.1:40001"));
}

TEST_CASE("an id that is opened anew does not misname what was under way", "[tunnel]") {
  SessionLimits limits;
  limits.max_peers_per_socket = 1;
  Tunnel tunnel{{}, limits};
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  const TransportAddress other = address("198.51.100.8:1");
  const auto use = [&](const TransportAddress& remote) {
    for (std::uint32_t i = 0; i < kUsesBeforeShortId; ++i) socket->send(remote, {});
  };
  use(kRemote);
  tunnel.pump();

  tunnel.gateway.channel_full = true;
  tunnel.deliver(SocketId{1}, kRemote, "direct");
  tunnel.session.flush(tunnel.clock.time);
  tunnel.deliver(SocketId{1}, kRemote, "queued");
  use(other);
  tunnel.carry_up();
  tunnel.deliver(SocketId{1}, other, "new");
  tunnel.gateway.channel_full = false;
  tunnel.session.handle_writable(tunnel.clock.time);
  tunnel.pump();
  REQUIRE(log.received.size() == 3);
  for (const SeenDatagram& seen : log.received) {
    CHECK(seen.remote == (seen.payload == bytes_of("new") ? other : kRemote));
  }
  tunnel.deliver(SocketId{1}, other, "short");
  socket->send(other, as_bytes("up"));
  tunnel.pump();
  CHECK(log.received.back().remote == other);
  CHECK(tunnel.gateway.sent.back().to == other);
  CHECK(tunnel.client->stats().errors == 0);
}

TEST_CASE("a gateway that breaks the protocol loses its client", "[tunnel]") {
  Tunnel tunnel;
  SECTION("with a record before WELCOME") {
    tunnel.channel->listener->on_channel_open();
    inject(tunnel, encode(Credit{1}));
    CHECK(tunnel.log.code == close_code(ErrorCode::hello_expected));
  }
  SECTION("with a record of clients") {
    tunnel.connect();
    inject(tunnel, encode(CloseSocket{SocketId{1}}));
    CHECK(tunnel.log.code == close_code(ErrorCode::wrong_direction));
  }
  SECTION("with a second WELCOME") {
    tunnel.connect();
    Welcome welcome{1, {}, 1, 1200, 1, 1, kMinUplinkWindow, 20s, {}};
    inject(tunnel, encode(welcome));
    CHECK(tunnel.log.code == close_code(ErrorCode::hello_repeated));
  }
  SECTION("with a malformed record") {
    tunnel.connect();
    inject(tunnel, raw(RecordType::bound, {0, 1}));
    CHECK(tunnel.log.code == close_code(ErrorCode::bad_record));
  }
  SECTION("with a version nobody asked for") {
    tunnel.channel->listener->on_channel_open();
    inject(tunnel, encode(Welcome{2, {}, 1, 1200, 1, 1, kMinUplinkWindow, 20s, {}}));
    CHECK(tunnel.log.code == close_code(ErrorCode::version));
  }
  CHECK(tunnel.log.cause == CloseCause::protocol);
  CHECK(tunnel.channel->closed);
}

TEST_CASE("records about sockets that do not exist do no harm", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  const SocketId none{9};
  inject(
      tunnel,
      encode(Bound{none, kRemote, {}}, Bound{SocketId{1}, kRemote, {}},
             SocketClosed{none, SocketCloseReason::lost}, PeerOpened{none, PeerId{1}, {}},
             PeerOpened{SocketId{1}, PeerId{1}, {}}, PermissionChanged{SocketId{1}, PeerId{9}, {}},
             ReceivedShort{SocketId{1}, {}, PeerId{9}, {}}, Received{none, {}, {}, kRemote, {}},
             Dropped{none, {}}, Sent{none, 1, 2}, AlarmFired{9}, Pong{77, 1}));
  CHECK(tunnel.client->is_ready());
  CHECK(tunnel.client->stats().strays == 2);
  CHECK(log.bound == address("192.0.2.1:40001"));
}

TEST_CASE("a client shows that it lives, measures the round trip, and notices death", "[tunnel]") {
  Tunnel tunnel;
  tunnel.connect();
  CHECK(tunnel.client->deadline() == tunnel.clock.time);
  tunnel.client->handle_timeout(tunnel.clock.time);
  tunnel.carry_up();
  tunnel.clock.time += 35ms;
  tunnel.carry_down();
  CHECK(tunnel.client->stats().round_trip == Duration{35ms});
  for (int i = 0; i < 10; ++i) tunnel.advance(20s);
  CHECK(tunnel.client->is_ready());
  CHECK_FALSE(tunnel.session.is_closed());

  tunnel.clock.time += 20s;
  tunnel.client->handle_timeout(tunnel.clock.time);
  tunnel.client->flush();
  tunnel.clock.time += kPongTimeout;
  tunnel.client->handle_timeout(tunnel.clock.time);
  CHECK(tunnel.log.cause == CloseCause::silent);
}

TEST_CASE("a ping is answered before the echo of a datagram of the same turn", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  const auto socket = tunnel.client->open({IpAddress::v4(192, 0, 2, 1), 0, 0}, log);
  tunnel.client->ping();  // too early
  tunnel.connect();
  tunnel.advance(0s);
  CHECK(tunnel.client->stats().round_trips == 1);
  tunnel.clock.time += 5s;
  CHECK(socket->send(kRemote, as_bytes("hello")) == SendStatus::sent);
  tunnel.client->ping();
  tunnel.client->flush();
  tunnel.carry_up();
  tunnel.clock.time += 20ms;
  tunnel.deliver(SocketId{1}, kRemote, "hello");
  tunnel.carry_down();
  CHECK(log.received.size() == 1);
  CHECK(tunnel.client->stats().round_trips == 2);
  CHECK(tunnel.client->stats().round_trip == Duration{20ms});
}

TEST_CASE("an alarm comes by the gateway's clock", "[tunnel]") {
  Tunnel tunnel;
  tunnel.connect();
  tunnel.client->set_alarm(tunnel.clock.time + 5s);
  tunnel.client->set_alarm(tunnel.clock.time + 3s);
  tunnel.pump();
  tunnel.advance(2s);
  CHECK(tunnel.log.alarms == 0);
  tunnel.advance(1s);
  CHECK(tunnel.log.alarms == 1);
  tunnel.client->set_alarm(tunnel.clock.time + 5s);
  tunnel.pump();
  tunnel.client->set_alarm(kNever);
  tunnel.pump();
  tunnel.advance(6s);
  CHECK(tunnel.log.alarms == 1);
}

TEST_CASE("stamps tell what the tunnel adds in each direction", "[tunnel]") {
  ClientOptions options;
  options.time_stamps = true;
  Tunnel tunnel{options};
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  tunnel.advance(1ms);
  socket->send(kRemote, as_bytes("x"));
  tunnel.client->flush();
  tunnel.clock.time += 12ms;
  tunnel.pump();
  CHECK(tunnel.client->stats().uplink_delay == Duration{12ms});
  tunnel.deliver(SocketId{1}, kRemote, "y");
  tunnel.clock.time += 8ms;
  tunnel.pump();
  CHECK(tunnel.client->stats().downlink_delay == Duration{8ms});
}

TEST_CASE("two clients of one gateway do not see each other", "[tunnel]") {
  Tunnel left, right;
  SocketLog left_log, right_log;
  left.connect();
  right.connect();
  const auto one = left.open(left_log);
  const auto two = right.open(right_log);
  one->send(*right_log.bound, as_bytes("to the right"));
  left.pump();
  REQUIRE(left.gateway.sent.size() == 1);
  CHECK(right.gateway.sent.empty());
  right.deliver(SocketId{1}, *left_log.bound, as_text(left.gateway.sent[0].payload));
  right.pump();
  CHECK(right_log.received[0].payload == bytes_of("to the right"));
  left.channel->listener->on_channel_closed({1006, ""});
  CHECK(left_log.failed);
  CHECK_FALSE(right_log.failed);
}
