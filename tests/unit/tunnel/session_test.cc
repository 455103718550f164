#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "encoded_records.h"
#include "floe/tunnel/records/record_reader.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

const TransportAddress kRemote = address("198.51.100.7:5000");
const SocketId kSocket{1};

/// A session without a client: the test writes the records.
struct Bare {
  TestGateway gateway;
  Timestamp now{std::chrono::seconds(50)};
  ServerSession session{now, gateway.channel, gateway, gateway, SessionLimits{}};

  template <class... R>
  void send(const R&... records) {
    session.handle_message(now, encode(records...));
    session.flush(now);
  }
  void greet(Capabilities capabilities = kServerCapabilities) {
    send(Hello{1, 1, capabilities, {}});
    gateway.messages.clear();
  }
  void bind(SocketId socket = kSocket) {
    send(Bind{socket, {IpAddress::v4(192, 0, 2, 1), 0, 0}});
    session.sockets().handle_bound(socket, address("192.0.2.1:40001"), {});
    session.flush(now);
    gateway.messages.clear();
  }
  /// The last record of that type which the session sent; its views die with gateway.messages.
  template <class R>
  std::optional<R> answer() {
    std::optional<R> found;
    for (const ByteVector& message : gateway.messages) {
      RecordReader reader{message};
      while (const auto record = reader.next()) {
        if (const R* one = std::get_if<R>(&**record)) found = *one;
      }
    }
    return found;
  }
  std::uint32_t drops(DropReason reason) {
    now += 2s;
    session.handle_timeout(now);
    session.flush(now);
    const auto dropped = answer<Dropped>();
    return dropped ? dropped->totals.of(reason) : 0;
  }
};

}  // namespace

TEST_CASE("a session begins with HELLO and answers with what it may do", "[tunnel]") {
  Bare bare;
  bare.send(Hello{1, 9, Capabilities{0xffffffff}, {}});
  const auto welcome = bare.answer<Welcome>();
  REQUIRE(welcome);
  CHECK(welcome->version == 1);
  CHECK(welcome->capabilities == kServerCapabilities);
  CHECK(welcome->addresses.size() == 2);
  CHECK(welcome->max_sockets == SessionLimits{}.max_sockets);
}

TEST_CASE("a session that does not begin well ends", "[tunnel]") {
  Bare bare;
  SECTION("another record first") {
    bare.send(Ping{1});
    CHECK(bare.gateway.close_code == close_code(ErrorCode::hello_expected));
  }
  SECTION("no version in common") {
    bare.send(Hello{2, 3, {}, {}});
    CHECK(bare.gateway.close_code == close_code(ErrorCode::version));
  }
  SECTION("a wrong token") {
    bare.gateway.token = "secret";
    bare.send(Hello{1, 1, {}, as_bytes("guess")});
    CHECK(bare.gateway.close_code == close_code(ErrorCode::unauthorized));
  }
  SECTION("silence") {
    CHECK(bare.session.deadline() == bare.now + 3s);
    bare.session.handle_timeout(bare.now + 2s);
    CHECK_FALSE(bare.session.is_closed());
    bare.session.handle_timeout(bare.now + 3s);
    CHECK(bare.gateway.close_code == close_code(ErrorCode::hello_expected));
  }
  CHECK(bare.session.is_closed());
  CHECK(bare.session.deadline() == kNever);
  CHECK(bare.answer<tunnel::Error>());
}

TEST_CASE("what breaks the protocol ends the session with an error and a code", "[tunnel]") {
  Bare bare;
  bare.greet();
  bare.bind();
  ErrorCode expected{};
  SECTION("a malformed record") {
    bare.session.handle_message(bare.now, raw(RecordType::ping, {1}));
    expected = ErrorCode::bad_record;
    CHECK(bare.gateway.close_reason == to_text(RecordError::missing_fields));
  }
  SECTION("an empty message") {
    bare.session.handle_message(bare.now, {});
    expected = ErrorCode::bad_record;
  }
  SECTION("a record of the server") {
    bare.send(AlarmFired{1});
    expected = ErrorCode::wrong_direction;
  }
  SECTION("a second HELLO") {
    bare.send(Hello{});
    expected = ErrorCode::hello_repeated;
  }
  SECTION("silence for three intervals") {
    bare.session.handle_timeout(bare.now + 60s);
    expected = ErrorCode::silent;
  }
  CHECK(bare.gateway.close_code == close_code(expected));
  CHECK(bare.answer<tunnel::Error>()->code == expected);
  CHECK(bare.gateway.open_sockets.empty());
  CHECK(bare.session.stats().sockets_open == 0);
  bare.gateway.messages.clear();
  bare.send(Ping{1});
  bare.session.sockets().handle_datagram(bare.now, kSocket, {{}, kRemote, {}});
  CHECK(bare.gateway.messages.empty());
}

TEST_CASE("ids that are taken or out of range are refused, and nothing else changes", "[tunnel]") {
  Bare bare;
  bare.greet();
  bare.bind();
  SECTION("a socket id twice") {
    bare.send(Bind{kSocket, {IpAddress::v4(192, 0, 2, 9), 0, 0}});
    CHECK(bare.answer<tunnel::Error>()->code == ErrorCode::id_in_use);
    CHECK(bare.gateway.open_sockets[kSocket].ip == IpAddress::v4(192, 0, 2, 1));
  }
  SECTION("a socket too many") {
    bare.send(Bind{SocketId{9}, {IpAddress::v4(192, 0, 2, 1), 0, 0}});
    CHECK(bare.answer<SocketClosed>()->reason == SocketCloseReason::limit);
  }
  SECTION("closing what is not open") {
    bare.send(CloseSocket{SocketId{2}});
    CHECK(bare.answer<tunnel::Error>()->code == ErrorCode::no_such_id);
  }
  SECTION("a peer id twice") {
    bare.send(PeerOpen{kSocket, PeerId{1}, kRemote});
    bare.send(PeerOpen{kSocket, PeerId{1}, address("198.51.100.7:1")});
    CHECK(bare.answer<tunnel::Error>()->code == ErrorCode::id_in_use);
    CHECK(bare.answer<tunnel::Error>()->about_id == 0x00010001);
  }
  SECTION("a peer address twice") {
    bare.send(PeerOpen{kSocket, PeerId{1}, kRemote}, PeerOpen{kSocket, PeerId{2}, kRemote});
    CHECK(bare.answer<tunnel::Error>()->code == ErrorCode::id_in_use);
  }
  SECTION("a peer too many") {
    bare.send(PeerOpen{kSocket, PeerId{257}, kRemote});
    CHECK(bare.answer<tunnel::Error>()->code == ErrorCode::limit);
  }
  SECTION("a peer of a socket that is not open") {
    bare.send(PeerOpen{SocketId{2}, PeerId{1}, kRemote});
    CHECK(bare.answer<tunnel::Error>()->code == ErrorCode::no_such_id);
  }
  SECTION("closing a peer that is not open") {
    bare.send(PeerClose{kSocket, PeerId{1}});
    CHECK(bare.answer<tunnel::Error>()->code == ErrorCode::no_such_id);
  }
  CHECK_FALSE(bare.session.is_closed());
  CHECK(bare.gateway.open_sockets.size() == 1);
}

TEST_CASE("capabilities that were not agreed on are answered with unsupported", "[tunnel]") {
  Bare bare;
  bare.greet(Capabilities{0xffffffff & ~static_cast<std::uint32_t>(Capability::resolve)});
  bare.send(Resolve{LookupId{5}, LookupFamily::any, "example.org"});
  auto error = bare.answer<tunnel::Error>();
  REQUIRE(error);
  CHECK(error->code == ErrorCode::unsupported);
  CHECK(error->about_type == static_cast<std::uint8_t>(RecordType::resolve));
  CHECK(error->about_id == 5);
  bare.send(TcpOpen{TcpId{6}, TcpKind::ice, kRemote, 1000, ""});
  CHECK(bare.answer<tunnel::Error>()->about_id == 6);
  CHECK_FALSE(bare.session.is_closed());
}

TEST_CASE("the policy is asked before each datagram, in both directions", "[tunnel]") {
  Bare bare;
  bare.greet();
  bare.bind();
  const ByteVector payload(10, 1);
  const Datagram in{address("192.0.2.1:40001"), kRemote, payload};

  bare.send(Send{kSocket, {}, kRemote, payload});
  CHECK(bare.gateway.sent.size() == 1);
  bare.session.sockets().handle_datagram(bare.now, kSocket, in);
  bare.session.flush(bare.now);
  CHECK(bare.answer<Received>());
  CHECK(bare.gateway.allow_calls == 2);

  bare.gateway.out_verdict = {false, DenyReason::address};
  bare.gateway.in_verdict = {false, DenyReason::consent};
  bare.gateway.messages.clear();
  bare.send(Send{kSocket, {}, kRemote, payload});
  bare.send(PeerOpen{kSocket, PeerId{1}, kRemote});
  bare.send(SendShort{kSocket, {}, PeerId{1}, payload});
  bare.session.sockets().handle_datagram(bare.now, kSocket, in);
  CHECK(bare.gateway.allow_calls == 5);
  CHECK(bare.gateway.sent.size() == 1);
  CHECK(bare.drops(DropReason::out_denied) == 2);
  CHECK(bare.answer<Dropped>()->totals.of(DropReason::in_no_consent) == 1);
  CHECK_FALSE(bare.answer<Received>());
}

TEST_CASE("each reason for which a datagram stays behind has its counter", "[tunnel]") {
  Bare bare;
  bare.gateway.limits.max_datagram_size = 1200;
  bare.greet();
  bare.bind();
  const ByteVector payload(10, 1);
  const ByteVector large(1201, 1);
  const Send send{kSocket, {}, kRemote, payload};
  const auto refused = [&](DenyReason reason) { bare.gateway.out_verdict = {false, reason}; };

  SECTION("consent") {
    refused(DenyReason::consent);
    bare.send(send);
    CHECK(bare.drops(DropReason::out_no_consent) == 1);
  }
  SECTION("rate") {
    refused(DenyReason::rate);
    bare.send(send);
    CHECK(bare.drops(DropReason::out_over_rate) == 1);
  }
  SECTION("no such socket") {
    bare.send(Send{SocketId{2}, {}, kRemote, payload});
    CHECK(bare.drops(DropReason::out_no_socket) == 1);
    CHECK(bare.answer<Dropped>()->socket == SocketId{});
  }
  SECTION("a socket that is not bound yet") {
    bare.send(Bind{SocketId{2}, {IpAddress::v4(192, 0, 2, 1), 0, 0}});
    bare.send(Send{SocketId{2}, {}, kRemote, payload});
    CHECK(bare.drops(DropReason::out_no_socket) == 1);
    CHECK(bare.answer<Dropped>()->socket == SocketId{2});
  }
  SECTION("no such peer") {
    bare.send(SendShort{kSocket, {}, PeerId{9}, payload});
    CHECK(bare.drops(DropReason::out_no_peer) == 1);
  }
  SECTION("too large to send") {
    bare.send(Send{kSocket, {}, kRemote, large});
    CHECK(bare.drops(DropReason::out_too_large) == 1);
    CHECK(bare.gateway.allow_calls == 0);
  }
  SECTION("too large to receive") {
    bare.session.sockets().handle_datagram(bare.now, kSocket,
                                           {address("192.0.2.1:40001"), kRemote, large});
    CHECK(bare.drops(DropReason::in_too_large) == 1);
  }
  SECTION("the host refuses") {
    bare.gateway.send_status = SendStatus::failed;
    bare.send(send);
    CHECK(bare.drops(DropReason::out_refused) == 1);
  }
  SECTION("the host is full") {
    bare.gateway.send_status = SendStatus::dropped;
    bare.send(send);
    CHECK(bare.drops(DropReason::out_host_full) == 1);
  }
  CHECK(bare.session.stats().datagrams_dropped == 1);
}

TEST_CASE("drop counters are reported once a second while they change", "[tunnel]") {
  Bare bare;
  bare.greet();
  bare.bind();
  CHECK(bare.session.deadline() == bare.now + 60s);
  bare.send(SendShort{kSocket, {}, PeerId{9}, {}});
  CHECK(bare.session.deadline() <= bare.now);
  bare.session.handle_timeout(bare.now);
  bare.send(SendShort{kSocket, {}, PeerId{9}, {}});
  CHECK(bare.session.deadline() == bare.now + 1s);
  bare.now += 1s;
  bare.session.handle_timeout(bare.now);
  CHECK(bare.session.deadline() > bare.now + 1s);
  bare.session.flush(bare.now);
  CHECK(bare.answer<Dropped>()->totals.of(DropReason::out_no_peer) == 2);
}

TEST_CASE("a short id works for the peer that it was opened for, until it is closed", "[tunnel]") {
  Bare bare;
  bare.greet();
  bare.bind();
  bare.gateway.permission_answer = {PermissionState::pending, {}, {}};
  bare.send(PeerOpen{kSocket, PeerId{7}, kRemote});
  CHECK(bare.answer<PeerOpened>()->permission.state == PermissionState::pending);
  bare.send(SendShort{kSocket, {}, PeerId{7}, as_bytes("up")});
  REQUIRE(bare.gateway.sent.size() == 1);
  CHECK(bare.gateway.sent[0].to == kRemote);

  bare.session.sockets().handle_datagram(bare.now, kSocket,
                                         {address("192.0.2.1:40001"), kRemote, {}});
  bare.session.flush(bare.now);
  CHECK(bare.answer<ReceivedShort>()->peer == PeerId{7});
  bare.session.sockets().handle_datagram(bare.now, kSocket,
                                         {address("192.0.2.2:40001"), kRemote, {}});
  bare.session.flush(bare.now);
  CHECK(bare.answer<Received>()->local == address("192.0.2.2:40001"));

  bare.session.sockets().handle_permission(kSocket, kRemote, {PermissionState::open, {}, 30s});
  bare.session.sockets().handle_permission(kSocket, address("198.51.100.8:1"), {});
  bare.session.flush(bare.now);
  CHECK(bare.answer<PermissionChanged>()->permission.lasts == 30s);

  bare.gateway.messages.clear();
  bare.send(PeerClose{kSocket, PeerId{7}});
  bare.session.sockets().handle_datagram(bare.now, kSocket,
                                         {address("192.0.2.1:40001"), kRemote, {}});
  bare.session.flush(bare.now);
  CHECK(bare.answer<Received>()->remote == kRemote);
  CHECK_FALSE(bare.answer<ReceivedShort>());
}

TEST_CASE("stamps split the way of a datagram when both ends agreed", "[tunnel]") {
  Bare bare;
  const bool agreed = GENERATE(true, false);
  bare.greet(agreed ? kServerCapabilities : Capabilities{});
  bare.bind();
  bare.send(Send{kSocket, Stamp{77}, kRemote, {}});
  bare.session.sockets().handle_datagram(bare.now, kSocket,
                                         {address("192.0.2.1:40001"), kRemote, {}});
  bare.session.flush(bare.now);
  CHECK(bare.gateway.sent.size() == 1);
  CHECK(bare.answer<Sent>().has_value() == agreed);
  CHECK(bare.answer<Received>()->stamp.has_value() == agreed);
  if (!agreed) return;
  CHECK(bare.answer<Sent>()->stamp == 77);
  CHECK(bare.answer<Sent>()->at == static_cast<Stamp>(bare.now.time_since_epoch().count()));
}

TEST_CASE("an alarm fires once, the last one set, unless it is taken back", "[tunnel]") {
  Bare bare;
  bare.greet();
  bare.send(Alarm{1, 5s}, Alarm{2, 10s});
  CHECK(bare.session.deadline() == bare.now + 10s);
  bare.now += 10s;
  bare.session.handle_timeout(bare.now);
  bare.session.flush(bare.now);
  CHECK(bare.answer<AlarmFired>()->id == 2);
  CHECK(bare.session.deadline() > bare.now + 10s);
  bare.send(Alarm{3, 5s}, Alarm{4, kNoAlarm});
  CHECK(bare.session.deadline() > bare.now + 10s);
}

TEST_CASE("a draining session keeps what is open and opens nothing new", "[tunnel]") {
  Bare bare;
  bare.greet();
  bare.bind();
  bare.session.go_away(2s, 60s);
  bare.session.go_away(9s, 9s);
  bare.send(Bind{SocketId{2}, {IpAddress::v4(192, 0, 2, 1), 0, 0}});
  CHECK(bare.answer<GoAway>()->reconnect_in == 2s);
  CHECK(bare.answer<SocketClosed>()->reason == SocketCloseReason::going_away);
  bare.send(Send{kSocket, {}, kRemote, {}});
  CHECK(bare.gateway.sent.size() == 1);
  bare.session.close(ErrorCode::going_away, "");
  CHECK(bare.gateway.close_code == close_code(ErrorCode::going_away));
}

TEST_CASE("a socket that fails is told with its reason, and its id is free", "[tunnel]") {
  Bare bare;
  bare.greet();
  bare.send(Bind{kSocket, {IpAddress::v4(192, 0, 2, 1), 0, 0}});
  bare.session.sockets().handle_socket_failed(kSocket, BindError::address_in_use);
  bare.session.flush(bare.now);
  CHECK(bare.answer<SocketClosed>()->reason == SocketCloseReason::address_in_use);
  CHECK(bare.session.stats().sockets_open == 0);
  bare.bind();
  CHECK(bare.session.stats().sockets_open == 1);
}
