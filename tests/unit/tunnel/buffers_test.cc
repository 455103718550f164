#include <catch2/catch_test_macros.hpp>

#include "encoded_records.h"
#include "floe/tunnel/flow/outbox.h"
#include "floe/tunnel/flow/record_sender.h"
#include "floe/tunnel/records/record_reader.h"
#include "floe/tunnel/server/peer_table.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

struct Sink final : MessageSink {
  std::vector<ByteVector> messages;
  bool full = false;
  std::size_t room = 1000;  // messages it takes before it is full by itself
  bool send_message(Bytes message) override {
    if (full || room == 0) return false;
    --room;
    messages.emplace_back(message.begin(), message.end());
    return true;
  }
};

struct Drops final : QueueDropListener {
  std::uint32_t full = 0, too_old = 0, closed = 0;
  void on_queue_drop(SocketId, QueueDrop why, std::uint32_t count) override {
    switch (why) {
      case QueueDrop::full:
        full += count;
        break;
      case QueueDrop::too_old:
        too_old += count;
        break;
      case QueueDrop::socket_closed:
        closed += count;
        break;
    }
  }
};

const Timestamp kStart{std::chrono::seconds(5)};
const TransportAddress kRemote = address("198.51.100.1:9");

std::vector<std::uint64_t> pings_in(const std::vector<ByteVector>& messages) {
  std::vector<std::uint64_t> opaques;
  for (const ByteVector& message : messages) {
    RecordReader reader{message};
    while (const auto record = reader.next()) opaques.push_back(std::get<Ping>(**record).opaque);
  }
  return opaques;
}

}  // namespace

TEST_CASE("records of a turn share a message, full ones go before it ends", "[tunnel]") {
  Sink sink;
  Outbox outbox{sink};
  const std::size_t in_one = kCoalescedMessageSize / 12;
  for (std::uint64_t i = 0; i < in_one; ++i) outbox.add(Ping{i});
  CHECK(sink.messages.empty());
  outbox.add(Ping{in_one});
  CHECK(sink.messages.size() == 1);
  CHECK(sink.messages[0].size() <= kCoalescedMessageSize);
  outbox.flush();
  CHECK(sink.messages.size() == 2);
  CHECK(pings_in(sink.messages).size() == in_one + 1);
  CHECK(outbox.empty());
}

TEST_CASE("the longest record travels alone, and a longer one not at all", "[tunnel]") {
  Sink sink;
  Outbox outbox{sink};
  const ByteVector data(65533, 1);
  CHECK(outbox.add(Ping{1}));
  CHECK(outbox.add(TcpData{TcpId{1}, data}));
  CHECK(outbox.add(Ping{2}));
  const ByteVector too_long(65534, 1);
  CHECK_FALSE(outbox.add(TcpData{TcpId{1}, too_long}));
  outbox.flush();
  REQUIRE(sink.messages.size() == 3);
  CHECK(sink.messages[1].size() == kMaxMessageSize);
}

TEST_CASE("an outbox keeps order over a channel that blocks again and again", "[tunnel]") {
  Sink sink;
  sink.room = 0;
  Outbox outbox{sink};
  std::uint64_t next = 0;
  for (int i = 0; i < 4000; ++i) outbox.add(Ping{next++});
  for (std::size_t round = 0; round < 600; ++round) {
    for (std::size_t i = 0; i < kCoalescedMessageSize / 12; ++i) outbox.add(Ping{next++});
    outbox.flush();
    sink.room = 1;  // there is never room for all, so something is always left
    outbox.on_writable();
    CHECK_FALSE(outbox.empty());
    CHECK_FALSE(outbox.is_overflowing());
  }
  sink.room = 1000;
  outbox.on_writable();
  outbox.flush();
  const auto pings = pings_in(sink.messages);
  REQUIRE(pings.size() == next);
  for (std::size_t i = 0; i < pings.size(); ++i) REQUIRE(pings[i] == i);
}

TEST_CASE("messages that come and go forever, never all of them, need no more memory", "[tunnel]") {
  MessageAssembler messages;
  const auto add_message = [&] {
    for (std::size_t i = 0; i < kCoalescedMessageSize / 12; ++i) messages.append(Ping{i});
    messages.cut();
  };
  add_message();
  for (int round = 0; round < 100; ++round) {
    add_message();
    messages.pop();
  }
  CHECK(messages.memory() <= 4 * kCoalescedMessageSize);
  messages.release();
  CHECK(messages.memory() > 0);
  messages.pop();
  messages.release();
  CHECK(messages.memory() == 0);
}

TEST_CASE("an outbox that nobody empties says so", "[tunnel]") {
  Sink sink;
  sink.full = true;
  Outbox outbox{sink};
  int added = 0;
  while (!outbox.is_overflowing() && added < 100000) {
    outbox.add(Ping{1});
    outbox.flush();
    ++added;
  }
  CHECK(added * 12 <= static_cast<int>(kMaxMessageSize + kMaxControlBacklog) + 12);
}

TEST_CASE("a queue drops the oldest by count, bytes and age", "[tunnel]") {
  DatagramQueue queue;
  std::uint32_t dropped = 0;
  for (std::uint8_t i = 0; i < kMaxQueuedDatagrams + 8; ++i) queue.push(kStart, 1, dropped)[0] = i;
  CHECK(dropped == 8);
  CHECK(queue.size() == kMaxQueuedDatagrams);
  CHECK(queue.front()[0] == 8);

  queue.push(kStart + 100ms, kMaxRecordSize, dropped)[0] = 77;
  queue.push(kStart + 100ms, kMaxRecordSize, dropped)[0] = 78;
  CHECK(queue.bytes_held() <= kMaxQueuedBytes);
  CHECK(queue.front()[0] == 78);

  CHECK(queue.expire(kStart + 350ms) == 0);
  CHECK(queue.expire(kStart + 351ms) == 1);
  CHECK(queue.empty());
}

TEST_CASE("waiting STUN goes first, and the sockets take turns", "[tunnel]") {
  Drops drops;
  DatagramScheduler scheduler{drops};
  const auto push = [&](std::uint16_t socket, DatagramClass of, std::uint8_t mark) {
    scheduler.push(kStart, SocketId{socket}, of, 1)[0] = mark;
  };
  for (std::uint8_t i = 0; i < 3; ++i) push(1, DatagramClass::other, i);
  push(3, DatagramClass::other, 30);
  push(2, DatagramClass::other, 20);
  push(2, DatagramClass::stun, 29);
  std::vector<int> order;
  while (!scheduler.empty()) {
    order.push_back(scheduler.front(kStart)[0]);
    scheduler.pop();
  }
  CHECK(order == std::vector<int>{29, 30, 0, 20, 1, 2});
}

TEST_CASE("a scheduler counts whatever it does not deliver", "[tunnel]") {
  Drops drops;
  DatagramScheduler scheduler{drops};
  for (int i = 0; i < 40; ++i) scheduler.push(kStart, SocketId{1}, DatagramClass::other, 100);
  for (int i = 0; i < 5; ++i) scheduler.push(kStart, SocketId{2}, DatagramClass::stun, 100);
  CHECK(drops.full == 8);
  scheduler.forget(SocketId{2});
  CHECK(drops.closed == 5);
  CHECK(scheduler.front(kStart + 1s).empty());
  CHECK(drops.too_old == 32);
  CHECK(scheduler.empty());
}

TEST_CASE("credit is spent to the byte", "[tunnel]") {
  Sink sink;
  Drops drops;
  const ByteVector payload(100, 1);
  const Send send{SocketId{1}, {}, kRemote, payload};
  RecordSender sender{sink, drops, 2 * send.encoded_size() + 1};
  sender.datagram(send);
  CHECK(sender.may_send(send.encoded_size()));
  sender.datagram(send);
  CHECK_FALSE(sender.may_send(send.encoded_size()));
  sender.enqueue(kStart, DatagramClass::other, send);
  sender.flush(kStart);
  CHECK(sender.credit() == 1);
  sender.add_credit(static_cast<std::uint32_t>(send.encoded_size()) - 1);
  sender.flush(kStart);
  CHECK(sender.credit() == 0);
  CHECK_FALSE(sender.is_congested());
}

TEST_CASE("a peer table finds peers both ways while they come and go", "[tunnel]") {
  PeerTable table{256, 99};
  const auto remote = [](std::uint16_t n) {
    return TransportAddress{IpAddress::v4(10, 0, static_cast<std::uint8_t>(n >> 8),
                                          static_cast<std::uint8_t>(n & 0xff)),
                            n};
  };
  for (std::uint16_t round = 0; round < 20; ++round) {
    for (std::uint16_t id = 1; id <= 256; ++id) {
      const auto n = static_cast<std::uint16_t>(round * 256 + id);
      REQUIRE(table.open(PeerId{id}, remote(n)) == PeerTable::OpenResult::opened);
    }
    for (std::uint16_t id = 1; id <= 256; ++id) {
      const auto n = static_cast<std::uint16_t>(round * 256 + id);
      REQUIRE(table.id_of(remote(n)) == PeerId{id});
      REQUIRE(*table.address_of(PeerId{id}) == remote(n));
      if (id % 2 == 0) REQUIRE(table.close(PeerId{id}));
    }
    for (std::uint16_t id = 1; id <= 256; ++id) {
      const auto n = static_cast<std::uint16_t>(round * 256 + id);
      REQUIRE(table.id_of(remote(n)).has_value() == (id % 2 == 1));
      if (id % 2 == 1) REQUIRE(table.close(PeerId{id}));
    }
    CHECK(table.size() == 0);
  }
}

TEST_CASE("a peer table refuses what is taken or out of range", "[tunnel]") {
  PeerTable table{2, 0};
  CHECK(table.open(PeerId{1}, kRemote) == PeerTable::OpenResult::opened);
  CHECK(table.open(PeerId{1}, address("198.51.100.1:8")) == PeerTable::OpenResult::id_in_use);
  CHECK(table.open(PeerId{2}, kRemote) == PeerTable::OpenResult::address_in_use);
  CHECK(table.open(PeerId{3}, kRemote) == PeerTable::OpenResult::id_out_of_range);
  CHECK_FALSE(table.close(PeerId{2}));
  CHECK_FALSE(table.close(PeerId{}));
  CHECK(PeerTable{0, 0}.address_of(PeerId{1}) == nullptr);
}
