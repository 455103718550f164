#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "datagram_queue.h"
#include "encoded_records.h"
#include "floe/tunnel/records/record_reader.h"
#include "floe/tunnel/server/record_sender.h"
#include "peer_table.h"
#include "tunnel/message_buffer.h"
#include "tunnel_world.h"
#include "uplink.h"

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

/// A sender whose channel is a Sink.
struct Sending {
  Sink sink;
  Drops drops;
  MessageBuffer messages{sink};
  RecordSender sender{messages, drops};
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

/// In messages that end the turn.
std::size_t bytes_sent_by(Uplink& uplink) {
  std::size_t sent = 0;
  uplink.flush(kStart);
  while (uplink.continue_flush()) {
    sent += uplink.next_message().size();
    uplink.handle_message_sent();
  }
  return sent;
}

}  // namespace

TEST_CASE("records of a turn share a message, full ones go before it ends", "[tunnel]") {
  Sending it;
  const std::size_t in_one = kCoalescedMessageSize / 12;
  for (std::uint64_t i = 0; i < in_one; ++i) it.sender.control(Ping{i});
  CHECK(it.sink.messages.empty());
  it.sender.control(Ping{in_one});
  CHECK(it.sink.messages.size() == 1);
  CHECK(it.sink.messages[0].size() <= kCoalescedMessageSize);
  it.sender.flush(kStart);
  CHECK(it.sink.messages.size() == 2);
  CHECK(pings_in(it.sink.messages).size() == in_one + 1);
  CHECK_FALSE(it.sender.has_output());
}

TEST_CASE("the longest record travels alone, and a longer one not at all", "[tunnel]") {
  Sending it;
  const ByteVector data(65533, 1);
  CHECK(it.sender.control(Ping{1}));
  CHECK(it.sender.control(TcpData{TcpId{1}, data}));
  CHECK(it.sender.control(Ping{2}));
  const ByteVector too_long(65534, 1);
  CHECK_FALSE(it.sender.control(TcpData{TcpId{1}, too_long}));
  it.sender.flush(kStart);
  REQUIRE(it.sink.messages.size() == 3);
  CHECK(it.sink.messages[1].size() == kMaxMessageSize);
}

TEST_CASE("a sender keeps order over a channel that blocks again and again", "[tunnel]") {
  Sending it;
  it.sink.room = 0;
  std::uint64_t next = 0;
  for (int i = 0; i < 4000; ++i) it.sender.control(Ping{next++});
  for (std::size_t round = 0; round < 600; ++round) {
    for (std::size_t i = 0; i < kCoalescedMessageSize / 12; ++i) it.sender.control(Ping{next++});
    it.sender.flush(kStart);
    it.sink.room = 1;  // there is never room for all, so something is always left
    it.sender.on_writable(kStart);
    CHECK(it.sender.has_output());
    CHECK_FALSE(it.sender.is_overflowing());
  }
  it.sink.room = 1000;
  it.sender.on_writable(kStart);
  it.sender.flush(kStart);
  CHECK_FALSE(it.sender.has_output());
  const auto pings = pings_in(it.sink.messages);
  REQUIRE(pings.size() == next);
  for (std::size_t i = 0; i < pings.size(); ++i) REQUIRE(pings[i] == i);
}

TEST_CASE("a sender keeps order over a builder that is full in the middle of a message",
          "[tunnel]") {
  struct Frames final : MessageBuilder {
    std::vector<ByteVector> complete;
    ByteVector open;
    std::size_t room = 100;
    MutableBytes extend(std::size_t size) override {
      if (size > room) return {};
      room -= size;
      open.resize(open.size() + size);
      return MutableBytes{open}.last(size);
    }
    bool end_message() override {
      if (!open.empty()) complete.push_back(std::exchange(open, {}));
      return true;
    }
  };
  Frames frames;
  Drops drops;
  RecordSender sender{frames, drops};
  for (std::uint64_t i = 0; i < 3000; ++i) {
    sender.control(Ping{i});
    if (i == 59) CHECK(sender.is_congested());
    if (i % 7 == 0) sender.flush(kStart);
    if (i % 20 == 0) {
      frames.room += 200;
      sender.on_writable(kStart);
    }
  }
  CHECK(sender.has_output());
  frames.room = 1'000'000;
  sender.on_writable(kStart);
  CHECK_FALSE(sender.has_output());
  CHECK_FALSE(sender.is_congested());
  for (const ByteVector& message : frames.complete) {
    CHECK(message.size() <= kCoalescedMessageSize);
  }
  const auto pings = pings_in(frames.complete);
  REQUIRE(pings.size() == 3000);
  for (std::size_t i = 0; i < pings.size(); ++i) REQUIRE(pings[i] == i);
}

TEST_CASE("messages that come and go forever, never all of them, need no more memory", "[tunnel]") {
  Sending it;
  it.sink.room = 0;
  const auto add_message = [&] {
    for (std::size_t i = 0; i < kCoalescedMessageSize / 12; ++i) it.sender.control(Ping{i});
  };
  add_message();
  add_message();
  for (int round = 0; round < 100; ++round) {
    add_message();
    it.sink.room = 1;
    it.sender.on_writable(kStart);
  }
  CHECK(it.sender.memory() <= 4 * kCoalescedMessageSize);
  it.sender.release();
  CHECK(it.sender.memory() > 0);
  it.sink.room = 1000;
  it.sender.on_writable(kStart);
  it.sender.release();
  CHECK(it.sender.memory() == 0);
}

TEST_CASE("a sender whose channel takes nothing says so", "[tunnel]") {
  Sending it;
  it.sink.full = true;
  int added = 0;
  while (!it.sender.is_overflowing() && added < 100000) {
    it.sender.control(Ping{1});
    it.sender.flush(kStart);
    ++added;
  }
  CHECK(added * 12 <= static_cast<int>(kMaxMessageSize + kMaxControlBacklog) + 12);
}

TEST_CASE("a message that was refused is offered again, unchanged, before the next", "[tunnel]") {
  Sink sink;
  sink.full = true;
  MessageBuffer messages{sink};
  CHECK(messages.end_message());  // there is none
  messages.extend(1)[0] = 7;
  CHECK_FALSE(messages.end_message());
  CHECK(messages.extend(1).empty());
  sink.full = false;
  messages.extend(1)[0] = 8;
  CHECK(sink.messages == std::vector<ByteVector>{{7}});
  CHECK(messages.end_message());
  CHECK(sink.messages == std::vector<ByteVector>{{7}, {8}});
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

TEST_CASE("a scheduler counts each datagram that it does not deliver", "[tunnel]") {
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
  const ByteVector payload(100, 1);
  const Send send{SocketId{1}, {}, kRemote, payload};
  const auto size = static_cast<std::uint32_t>(encoded_size(send));
  Uplink uplink;
  uplink.add_credit(2 * size + 1);
  for (int i = 0; i < 3; ++i) uplink.datagram(kStart, send, std::nullopt);
  CHECK(bytes_sent_by(uplink) == 2 * size);
  CHECK(uplink.has_output());
  uplink.add_credit(size - 2);
  CHECK(bytes_sent_by(uplink) == 0);
  uplink.add_credit(1);
  CHECK(bytes_sent_by(uplink) == size);
  CHECK_FALSE(uplink.has_output());
}

TEST_CASE("credit grows to the greatest number and no further", "[tunnel]") {
  SendCredit credit{7};
  credit.spend(6);
  CHECK(credit.left() == 1);
  constexpr std::uint64_t kGreatest = std::numeric_limits<std::uint64_t>::max();
  constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();
  credit = SendCredit{};
  credit.spend(1);  // the greatest number, by wrapping
  CHECK(credit.left() == kGreatest);
  credit.spend(kMost - 1u);
  credit.add(kMost);
  CHECK(credit.left() == kGreatest);
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
