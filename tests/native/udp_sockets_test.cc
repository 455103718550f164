#include "floe/native/udp_sockets.h"

#include <sys/socket.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>
#include <string>
#include <vector>

#include "destination_groups.h"
#include "floe/native/system_random.h"
#include "loop_runner.h"
#include "send_batch.h"
#include "udp_binding.h"
#include "udp_peer.h"

namespace floe::native {
namespace {

using test::kLoopback;
using test::numbered;
using test::run_for;
using test::run_until;
using test::UdpPeer;
using test::UdpWorld;
using namespace std::chrono_literals;

}  // namespace

TEST_CASE("datagrams of every legal size come back", "[native][udp]") {
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  server.echo = true;
  CHECK_FALSE(client.bound);
  CHECK(client.socket->send({kLoopback, 9}, {}) == SendStatus::failed);
  REQUIRE(run_until(world.loop, [&] { return client.bound && server.bound; }));

  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{1200}, std::size_t{9000}, kMaxDatagramSize}) {
    client.received.clear();
    const ByteVector sent = numbered(size, 7);
    REQUIRE(client.socket->send(server.local, sent) == SendStatus::sent);
    REQUIRE(run_until(world.loop, [&] { return client.received.size() == 1; }));
    CHECK(client.received[0].payload == sent);
    CHECK(client.received[0].remote == server.local);
    CHECK(client.received[0].local == client.local);
  }
  CHECK(client.socket->send(server.local, ByteVector(kMaxDatagramSize + 1)) ==
        SendStatus::too_large);
}

TEST_CASE("a burst keeps order and boundaries, with segments and without", "[native][udp]") {
  const bool segmentation = GENERATE_COPY(true, false);
  Loop loop;
  SystemRandom random;
  UdpSockets sockets(loop, random, {.segmentation = segmentation});
  UdpPeer client(sockets, kLoopback), server(sockets, kLoopback), third(sockets, kLoopback);
  REQUIRE(run_until(loop, [&] { return client.bound && server.bound && third.bound; }));

  // Runs of one size, shorter last ones, empty ones, a change of destination in the middle.
  const std::vector<std::size_t> sizes = {100, 100, 100, 40, 0, 1200, 1200, 1200, 0, 0, 5, 1200};
  std::vector<ByteVector> sent;
  loop.post([&] {
    for (std::size_t i = 0; i < 10 * sizes.size(); ++i) {
      sent.push_back(numbered(sizes[i % sizes.size()], static_cast<int>(i)));
      REQUIRE(client.socket->send(server.local, sent.back()) == SendStatus::sent);
      if (i % 7 == 0) client.socket->send(third.local, sent.back());
    }
  });
  REQUIRE(run_until(loop, [&] { return server.received.size() >= 10 * sizes.size(); }));

  REQUIRE(server.received.size() == sent.size());
  for (std::size_t i = 0; i < sent.size(); ++i) CHECK(server.received[i].payload == sent[i]);
  CHECK(sockets.statistics().sent == sent.size() + 18);
  CHECK((sockets.statistics().segmented > 0) == segmentation);
  CHECK(sockets.statistics().failed == 0);
}

TEST_CASE("the first datagram of a calm pass goes out at once", "[native][udp]") {
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return client.bound && server.bound; }));
  const ByteVector payload = numbered(100, 1);

  const std::uint64_t before = world.sockets.statistics().send_calls;
  client.socket->send(server.local, payload);
  CHECK(world.sockets.statistics().send_calls == before + 1);
  CHECK(world.sockets.statistics().sent == 1);
  client.socket->send(server.local, payload);
  CHECK(world.sockets.statistics().sent == 1);
  world.loop.service();
  CHECK(world.sockets.statistics().sent == 2);
  CHECK(world.sockets.statistics().send_calls == before + 2);
}

TEST_CASE("segments that the kernel refuses are sent one by one, and not tried again",
          "[native][udp]") {
  UdpWorld world;
  UdpPeer server(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return server.bound; }));
  Result<UniqueFd, BindError> fd = bind_udp({kLoopback}, 64 * 1024, world.random);
  REQUIRE(fd);
  // Linux takes no segments from a socket that sends without checksums.
  const int on = 1;
  REQUIRE(setsockopt(fd->get(), SOL_SOCKET, SO_NO_CHECK, &on, sizeof on) == 0);

  SendBatch batch;
  SendMessages messages;
  UdpStatistics statistics;
  bool enabled = true;
  std::uint16_t segment_max = 0xffff;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 4; ++i) batch.add(server.local, numbered(1000, i));
    batch.flush(fd->get(), messages, {enabled, segment_max}, statistics);
    CHECK(batch.empty());
  }

  REQUIRE(run_until(world.loop, [&] { return server.received.size() == 8; }));
  for (int i = 0; i < 8; ++i) {
    CHECK(server.received[static_cast<std::size_t>(i)].payload == numbered(1000, i % 4));
  }
  CHECK((!enabled || segment_max == 999));
  CHECK(statistics.sent == 8);
  CHECK(statistics.failed == 0);
  CHECK(statistics.segmented == 0);
  CHECK(statistics.send_calls == 3);  // the refused one, then one a batch
}

TEST_CASE("datagrams to several peers in turn leave in segments, in order", "[native][udp]") {
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback);
  std::vector<std::unique_ptr<UdpPeer>> peers;
  for (int i = 0; i < 4; ++i) peers.push_back(std::make_unique<UdpPeer>(world.sockets, kLoopback));
  REQUIRE(run_until(world.loop, [&] { return client.bound && peers.back()->bound; }));
  world.loop.post([&] {
    for (int i = 0; i < 64; ++i) {
      // Every eighth is shorter: it ends a run.
      const std::size_t size = i / 4 % 8 == 7 ? 40 : 1000;
      client.socket->send(peers[static_cast<std::size_t>(i % 4)]->local, numbered(size, i));
    }
  });
  for (const auto& peer : peers) {
    REQUIRE(run_until(world.loop, [&] { return peer->received.size() == 16; }));
  }
  for (int i = 0; i < 64; ++i) {
    const UdpPeer& peer = *peers[static_cast<std::size_t>(i % 4)];
    CHECK(peer.received[static_cast<std::size_t>(i / 4)].payload ==
          numbered(i / 4 % 8 == 7 ? 40 : 1000, i));
  }
  const UdpStatistics& statistics = world.sockets.statistics();
  CHECK(statistics.sent == 64);
  CHECK(statistics.segmented >= 60);
}

TEST_CASE("a batch is grouped by destination", "[native][udp]") {
  DestinationGroups groups;
  std::vector<TransportAddress> destinations;
  SystemRandom random;
  for (int round = 0; round < 100; ++round) {
    groups.clear();
    destinations.clear();
    for (int i = 0; i < 64; ++i) {
      // Ports that share places of the table.
      const auto port = static_cast<std::uint16_t>(
          1 + 128 * random.below(static_cast<std::uint32_t>(1 + round % 20)));
      destinations.push_back({kLoopback, port});
      groups.add(destinations.back());
    }
    std::vector<std::size_t> order;
    groups.for_each([&](std::size_t i) { order.push_back(i); });
    REQUIRE(order.size() == 64);
    std::vector<TransportAddress> seen;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const TransportAddress& to = destinations[order[k]];
      if (k > 0 && destinations[order[k - 1]] == to) {
        REQUIRE(order[k - 1] < order[k]);
        continue;
      }
      REQUIRE(std::ranges::find(seen, to) == seen.end());
      seen.push_back(to);
    }
    CHECK(groups.count() == seen.size());
  }
}

TEST_CASE("a socket bound to a wildcard knows where each datagram was sent", "[native][udp]") {
  UdpWorld world;
  const bool v6 = GENERATE(false, true);
  const Family family = v6 ? Family::ipv6 : Family::ipv4;
  UdpPeer client(world.sockets, IpAddress::loopback(family));
  UdpPeer server(world.sockets, IpAddress::any(family));
  REQUIRE(run_until(world.loop, [&] { return (client.bound || client.error) && server.bound; }));
  if (client.error) SKIP("no IPv6 here");

  client.socket->send({IpAddress::loopback(family), server.local.port}, numbered(10, 1));
  REQUIRE(run_until(world.loop, [&] { return server.received.size() == 1; }));
  CHECK(server.received[0].local ==
        TransportAddress{IpAddress::loopback(family), server.local.port});

  if (v6) return;
  const IpAddress other = IpAddress::v4(127, 0, 0, 77);
  client.socket->send({other, server.local.port}, numbered(10, 1));
  REQUIRE(run_until(world.loop, [&] { return server.received.size() == 2; }));
  CHECK(server.received[1].local.ip == other);
}

TEST_CASE("port unreachable does not disturb a socket", "[native][udp]") {
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  auto dead = std::make_unique<UdpPeer>(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return client.bound && server.bound && dead->bound; }));
  const TransportAddress nobody = dead->local;
  dead.reset();

  for (int i = 0; i < 10; ++i) {
    client.socket->send(nobody, numbered(10, i));
    run_for(world.loop, 1ms);
    CHECK(client.socket->send(server.local, numbered(10, i)) == SendStatus::sent);
  }
  CHECK(run_until(world.loop, [&] { return server.received.size() == 10; }));
}

TEST_CASE("a socket reports what ICMP says of the datagrams that it sent", "[native][udp]") {
  struct Errors final : IcmpListener {
    void on_icmp_error(const IcmpError& error) override { heard.push_back(error); }
    std::vector<IcmpError> heard;
  };
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    const IpAddress loopback = IpAddress::loopback(family);
    UdpWorld world;
    Errors errors;
    UdpPeer client(world.sockets, loopback), server(world.sockets, loopback);
    client.socket->report_errors_to(errors);
    auto dead = std::make_unique<UdpPeer>(world.sockets, loopback);
    REQUIRE(run_until(world.loop, [&] { return client.bound && server.bound && dead->bound; }));
    const TransportAddress nobody = dead->local;
    dead.reset();
    for (int i = 0; i < 20; ++i) {
      client.socket->send(nobody, numbered(10, i));
      CHECK(client.socket->send(server.local, numbered(10, i)) == SendStatus::sent);
    }
    CHECK(run_until(world.loop, [&] { return server.received.size() == 20; }));
    CHECK(run_until(world.loop, [&] { return !errors.heard.empty(); }));
    for (const IcmpError& error : errors.heard) {
      CHECK(error.peer == nobody);
      CHECK(error.type == (family == Family::ipv4 ? 3 : 1));
      CHECK(error.code == (family == Family::ipv4 ? 3 : 4));
      CHECK(error.mtu == 0);
    }
  }
}

TEST_CASE("ports come from the range, and a full range is an error", "[native][udp]") {
  UdpWorld world;
  UdpPeer probe(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return probe.bound; }));
  // A range around a port known to be taken.
  const auto low = static_cast<std::uint16_t>(probe.local.port - 1);
  const auto high = static_cast<std::uint16_t>(probe.local.port + 1);
  std::vector<std::unique_ptr<UdpPeer>> peers;
  for (int i = 0; i < 4; ++i) {
    peers.push_back(std::make_unique<UdpPeer>(world.sockets, kLoopback, low, high));
    run_until(world.loop, [&] { return peers.back()->bound || peers.back()->error; });
  }
  std::set<std::uint16_t> ports;
  for (const auto& peer : peers) {
    if (!peer->bound) continue;
    CHECK(peer->local.port >= low);
    CHECK(peer->local.port <= high);
    CHECK(ports.insert(peer->local.port).second);
  }
  CHECK(peers.back()->error == BindError::address_in_use);
  UdpPeer upside_down(world.sockets, kLoopback, 20, 10);
  UdpPeer foreign(world.sockets, IpAddress::v4(192, 0, 2, 1));
  REQUIRE(run_until(world.loop, [&] { return upside_down.error && foreign.error; }));
  CHECK(*foreign.error == BindError::address_not_available);
}

TEST_CASE("a listener may destroy its socket, and any other, while being told", "[native][udp]") {
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback);
  auto server = std::make_unique<UdpPeer>(world.sockets, kLoopback);
  auto bystander = std::make_unique<UdpPeer>(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return client.bound && server->bound && bystander->bound; }));
  int told = 0;
  server->then = [&] {
    ++told;
    server->socket.reset();
    bystander.reset();
  };
  world.loop.post([&] {
    for (int i = 0; i < 8; ++i) {
      client.socket->send(bystander->local, numbered(10, i));
      client.socket->send(server->local, numbered(10, i));
    }
  });
  run_until(world.loop, [&] { return told > 0; });
  run_for(world.loop, 10ms);
  CHECK(told == 1);
  CHECK(server->received.size() == 1);
}

TEST_CASE("a socket that does not read leaves datagrams in the kernel", "[native][udp]") {
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return client.bound && server.bound; }));
  server.socket->set_reading(false);
  client.socket->send(server.local, numbered(10, 1));
  run_for(world.loop, 20ms);
  CHECK(server.received.empty());
  server.socket->set_reading(true);
  CHECK(run_until(world.loop, [&] { return server.received.size() == 1; }));
}

TEST_CASE("what waited too long in a socket that does not read is thrown away", "[native][udp]") {
  Loop loop;
  SystemRandom random;
  UdpSockets sockets(loop, random, {.discard_stale = true});
  UdpPeer client(sockets, kLoopback), server(sockets, kLoopback);
  REQUIRE(run_until(loop, [&] { return client.bound && server.bound; }));
  const auto flood = [&](int first) {
    loop.post([&, first] {
      for (int i = 0; i < 50; ++i) client.socket->send(server.local, numbered(1000, first + i));
    });
    loop.run_once(1ms);
    loop.run_once(1ms);
  };
  server.socket->set_reading(false);
  flood(0);
  SECTION("but not after a short pause") {
    run_for(loop, 50ms);
    server.socket->set_reading(true);
    REQUIRE(run_until(loop, [&] { return server.received.size() == 50; }));
    CHECK(sockets.statistics().stale == 0);
  }
  SECTION("in a long one") {
    run_for(loop, 300ms);
    CHECK(sockets.statistics().stale >= 1);  // joined ones count as one
    const std::uint64_t stale = sockets.statistics().stale;
    flood(50);
    run_for(loop, 400ms);
    client.socket->send(server.local, numbered(10, 200));
    server.socket->set_reading(true);
    REQUIRE(run_until(loop, [&] { return !server.received.empty(); }));
    CHECK(server.received.size() == 1);
    CHECK(server.received[0].payload == numbered(10, 200));
    CHECK(sockets.statistics().stale > stale);
    // And then it is a socket as before.
    flood(100);
    CHECK(run_until(loop, [&] { return server.received.size() == 51; }));
  }
}

TEST_CASE("of many sockets not all have a great buffer", "[native][udp]") {
  Loop loop;
  SystemRandom random;
  UdpSockets sockets(
      loop, random,
      {.receive_buffer_bytes = 64 * 1024, .small_buffer_bytes = 8 * 1024, .full_buffers_max = 2});
  const auto holds = [&] {
    UdpPeer client(sockets, kLoopback);
    UdpPeer server(sockets, kLoopback);
    REQUIRE(run_until(loop, [&] { return client.bound && server.bound; }));
    server.socket->set_reading(false);
    loop.post([&] {
      for (int i = 0; i < 60; ++i) client.socket->send(server.local, numbered(1000, i));
    });
    run_for(loop, 20ms);
    server.socket->set_reading(true);
    run_for(loop, 20ms);
    return server.received.size();
  };
  const std::size_t many = holds();
  const UdpPeer first(sockets, kLoopback);
  const UdpPeer second(sockets, kLoopback);
  const std::size_t few = holds();
  CHECK(few < many);
  CHECK(few > 0);
}

TEST_CASE("one socket in a flood does not keep another from its turn", "[native][udp]") {
  UdpWorld world;
  UdpPeer flooder(world.sockets, kLoopback), flooded(world.sockets, kLoopback);
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  REQUIRE(run_until(
      world.loop, [&] { return flooder.bound && flooded.bound && client.bound && server.bound; }));
  // The flooded one answers itself for ever.
  flooded.echo = flooder.echo = true;
  for (int i = 0; i < 200; ++i) flooder.socket->send(flooded.local, numbered(50, i));
  run_for(world.loop, 5ms);
  client.socket->send(server.local, numbered(10, 1));
  const std::uint64_t pass = world.loop.pass();
  REQUIRE(run_until(world.loop, [&] { return !server.received.empty(); }));
  CHECK(world.loop.pass() - pass <= 3);
}

}  // namespace floe::native
