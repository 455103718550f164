// The client's session as a machine: inputs by hand, outputs polled, no driver.
#include "client_session.h"

#include <catch2/catch_test_macros.hpp>

#include "encoded_records.h"
#include "wire_ids.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

const TransportAddress kLocal{IpAddress::v4(192, 0, 2, 1), 40001};
const TransportAddress kRemote{IpAddress::v4(198, 51, 100, 7), 5000};

/// A session over a channel that takes every message.
struct HandDrivenSession {
  Timestamp now{std::chrono::seconds(50)};
  ClientSession session{{}, false};
  std::vector<ByteVector> sent;

  /// The next output that is not a message.
  std::optional<ClientOutput> next() {
    while (const ClientOutput* output = session.poll_output()) {
      const auto* message = std::get_if<MessageToSend>(output);
      if (message == nullptr) return *output;
      sent.emplace_back(message->message.begin(), message->message.end());
      session.handle_message_sent();
    }
    return std::nullopt;
  }
  template <class Event>
  Event next_as() {
    const auto output = next();
    REQUIRE(output);
    REQUIRE(std::holds_alternative<Event>(*output));
    return std::get<Event>(*output);
  }

  void become_ready() {
    session.handle_channel_open(now);
    session.flush(now);
    REQUIRE_FALSE(next());
    const Capabilities both = Capabilities{}.with(Capability::tcp).with(Capability::resolve);
    const ByteVector message = encode(Welcome{1, both, 1, 1200, 2, 4, kMinUplinkWindow, 20s, {}});
    session.handle_message(now, message);
    (void)next_as<SessionReady>();
    (void)next_as<AddressesChanged>();
    REQUIRE_FALSE(next());
  }
  SocketHandle bind(SocketId expected) {
    const SocketHandle socket = session.bind({});
    session.flush(now);
    REQUIRE_FALSE(next());
    const ByteVector message = encode(Bound{expected, kLocal, {}});
    session.handle_message(now, message);
    REQUIRE(next_as<SocketBound>().socket == socket);
    REQUIRE_FALSE(next());
    return socket;
  }
};

}  // namespace

TEST_CASE("a session sends nothing before the channel is open, then HELLO", "[tunnel][session]") {
  HandDrivenSession it;
  (void)it.session.bind({});
  it.session.flush(it.now);
  CHECK_FALSE(it.next());
  CHECK(it.session.deadline() == kNever);
  it.session.handle_channel_open(it.now);
  CHECK(it.session.wants_flush());
  CHECK_FALSE(it.next());
  it.session.flush(it.now);
  CHECK_FALSE(it.next());
  REQUIRE(it.sent.size() == 1);
  CHECK(it.sent[0][0] == static_cast<std::uint8_t>(RecordType::hello));
  CHECK(it.session.deadline() == it.now + kWelcomeTimeout);
}

TEST_CASE("a received datagram is a view of the message that it came in", "[tunnel][session]") {
  HandDrivenSession it;
  it.become_ready();
  const SocketHandle socket = it.bind(SocketId{1});
  const ByteVector message = encode(Received{SocketId{1}, {}, {}, kRemote, as_bytes("payload")});
  it.session.handle_message(it.now, message);
  const auto arrived = it.next_as<DatagramArrived>();
  CHECK(arrived.socket == socket);
  CHECK(arrived.datagram.local == kLocal);
  CHECK(as_text(arrived.datagram.payload) == "payload");
  CHECK(arrived.datagram.payload.data() + 7 == message.data() + message.size());
}

TEST_CASE("a record is read after the events of the record before it have been polled",
          "[tunnel][session]") {
  HandDrivenSession it;
  it.become_ready();
  const SocketHandle socket = it.bind(SocketId{1});
  const Received record{SocketId{1}, {}, {}, kRemote, as_bytes("x")};
  const ByteVector message = encode(record, record);
  it.session.handle_message(it.now, message);
  (void)it.next_as<DatagramArrived>();
  SECTION("a socket that was closed in between gets no more") {
    it.session.close(socket);
    CHECK_FALSE(it.next());
    CHECK(it.session.stats().strays == 1);
  }
  SECTION("a session that was closed in between reads no more") {
    it.session.close(it.now);
    (void)it.next_as<ChannelUnwanted>();
    CHECK(it.next_as<SocketFailed>().socket == socket);
    CHECK_FALSE(it.next());
    CHECK(it.session.stats().datagrams_received == 1);
  }
}

TEST_CASE("a handle is not used again, though the id in the protocol is", "[tunnel][session]") {
  HandDrivenSession it;
  it.become_ready();
  const SocketHandle first = it.bind(SocketId{1});
  it.session.close(first);
  const ByteVector message = encode(SocketClosed{SocketId{1}, SocketCloseReason::requested});
  it.session.handle_message(it.now, message);
  CHECK_FALSE(it.next());
  const SocketHandle second = it.bind(SocketId{1});
  CHECK(second != first);
  CHECK(it.session.send(it.now, first, kRemote, {}) == SendStatus::failed);
  CHECK(it.session.send(it.now, second, kRemote, {}) == SendStatus::sent);
}

TEST_CASE("a message that the channel does not take is offered again", "[tunnel][session]") {
  HandDrivenSession it;
  it.become_ready();
  const SocketHandle socket = it.bind(SocketId{1});
  CHECK(it.session.send(it.now, socket, kRemote, as_bytes("x")) == SendStatus::sent);
  it.session.flush(it.now);
  const ClientOutput* output = it.session.poll_output();
  REQUIRE(output != nullptr);
  const auto size = std::get<MessageToSend>(*output).message.size();
  it.session.handle_channel_full();
  CHECK_FALSE(it.session.poll_output());
  it.session.handle_channel_drained(it.now);
  it.sent.clear();
  CHECK_FALSE(it.next());
  REQUIRE(it.sent.size() == 1);
  CHECK(it.sent[0].size() == size);
}

TEST_CASE("when the gateway breaks the protocol it is told, then everything fails",
          "[tunnel][session]") {
  HandDrivenSession it;
  it.become_ready();
  const SocketHandle bound = it.bind(SocketId{1});
  const SocketHandle waiting = it.session.bind({});
  const ConnectionHandle connection = it.session.connect(it.now, kRemote, std::nullopt);
  const LookupHandle lookup = it.session.resolve(it.now, "example.org");
  it.sent.clear();
  it.session.handle_text_message(it.now);
  CHECK(it.next_as<ChannelUnwanted>().code == close_code(ErrorCode::not_binary));
  CHECK(it.sent.size() == 1);
  CHECK(it.next_as<SocketFailed>().socket == bound);
  CHECK(it.next_as<SocketFailed>().socket == waiting);
  CHECK(it.next_as<ConnectionClosed>().connection == connection);
  CHECK(it.next_as<LookupAnswered>().lookup == lookup);
  CHECK(it.next_as<ClientClosed>().cause == CloseCause::protocol);
  CHECK_FALSE(it.next());
  CHECK(it.session.deadline() == kNever);
}

TEST_CASE("an id is free when the server has closed it, not before", "[tunnel][session]") {
  WireIds ids;
  CHECK(ids.assign(7, 2) == 1);
  CHECK(ids.assign(8, 2) == 2);
  CHECK(ids.assign(9, 2) == 0);
  ids.disown(1);
  CHECK(ids.owner_of(1) == WireIds::kNoOwner);
  CHECK(ids.is_in_use(1));
  CHECK(ids.assign(9, 2) == 0);
  CHECK(ids.release(1) == WireIds::kNoOwner);
  CHECK(ids.release(2) == 8);
  CHECK_FALSE(ids.is_in_use(2));
  CHECK(ids.is_known(2));
  CHECK_FALSE(ids.is_known(3));
  CHECK(ids.assign(9, 2) == 1);
  for (const std::uint16_t id : std::initializer_list<std::uint16_t>{0, 3, 65535}) {
    ids.disown(id);
    CHECK(ids.release(id) == WireIds::kNoOwner);
    CHECK(ids.owner_of(id) == WireIds::kNoOwner);
  }
}
