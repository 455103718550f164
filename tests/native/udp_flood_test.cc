// Sockets in a flood: datagrams that the kernel joins, greater buffers, and their limits.
#include <sys/socket.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <deque>

#include "flood_mode.h"
#include "loop_runner.h"
#include "udp_binding.h"
#include "udp_peer.h"

namespace floe::native {
namespace {

using test::kLoopback;
using test::numbered;
using test::run_until;
using test::UdpPeer;
using test::UdpWorld;

/// Sends datagrams of these sizes in one pass.
void send_burst(Loop& loop, UdpPeer& from, const TransportAddress& to,
                const std::vector<std::size_t>& sizes) {
  loop.post([&from, to, sizes] {
    int number = 0;
    for (const std::size_t size : sizes) {
      CHECK(from.socket->send(to, numbered(size, number++)) == SendStatus::sent);
    }
  });
}

/// After this `to` is busy: the kernel may join what arrives.
void make_busy(Loop& loop, UdpPeer& from, UdpPeer& to) {
  send_burst(loop, from, {from.local.ip, to.local.port}, std::vector<std::size_t>(32, 100));
  REQUIRE(run_until(loop, [&] { return to.received.size() == 32; }));
  to.received.clear();
}

int receive_buffer(int fd) {
  int bytes = 0;
  socklen_t size = sizeof bytes;
  getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, &size);
  return bytes;
}

}  // namespace

TEST_CASE("datagrams that the kernel joins arrive one by one, in order", "[native][udp]") {
  const bool coalescing = GENERATE(true, false);
  const Family family = GENERATE(Family::ipv4, Family::ipv6);
  CAPTURE(coalescing, family == Family::ipv6);
  Loop loop;
  SystemRandom random;
  UdpSockets sockets(loop, random, {.coalescing = coalescing});
  UdpPeer client(sockets, IpAddress::loopback(family));
  UdpPeer server(sockets, IpAddress::any(family));  // learns the destination beside the size
  REQUIRE(run_until(loop, [&] { return (client.bound || client.error) && server.bound; }));
  if (client.error) SKIP("no IPv6 here");
  const TransportAddress to{client.local.ip, server.local.port};
  make_busy(loop, client, server);

  std::vector<std::size_t> sizes(20, 1200);
  sizes.insert(sizes.end(), {700, 1200, 1200, 1, 1, 1, 0, 0, 90, 90, 30, 9000, 9000, 5});
  send_burst(loop, client, to, sizes);
  REQUIRE(run_until(loop, [&] { return server.received.size() >= sizes.size(); }));

  REQUIRE(server.received.size() == sizes.size());
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    CHECK(server.received[i].payload == numbered(sizes[i], static_cast<int>(i)));
    CHECK(server.received[i].local == to);
    CHECK(server.received[i].remote == client.local);
  }
  CHECK((sockets.statistics().coalesced >= 20) == coalescing);
  CHECK(sockets.statistics().received == 32 + sizes.size());
  CHECK(sockets.statistics().truncated == 0);
}

TEST_CASE("a calm socket does not ask for joined datagrams", "[native][udp]") {
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return client.bound && server.bound; }));
  for (int round = 0; round < 10; ++round) {
    server.received.clear();
    send_burst(world.loop, client, server.local, {100, 100, 100, 100});
    REQUIRE(run_until(world.loop, [&] { return server.received.size() == 4; }));
  }
  CHECK(world.sockets.statistics().coalesced == 0);
}

TEST_CASE("a listener may destroy its socket between joined datagrams", "[native][udp]") {
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return client.bound && server.bound; }));
  make_busy(world.loop, client, server);
  server.then = [&] {
    if (server.received.size() == 3) server.socket.reset();
  };
  send_burst(world.loop, client, server.local, std::vector<std::size_t>(40, 100));
  REQUIRE(run_until(world.loop, [&] { return server.socket == nullptr; }));
  test::run_for(world.loop, std::chrono::milliseconds(5));
  CHECK(world.sockets.statistics().coalesced == 3);
  CHECK(server.received.size() == 3);
}

TEST_CASE("a pass takes about as many datagrams of a flood, joined or not", "[native][udp]") {
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return client.bound && server.bound; }));
  make_busy(world.loop, client, server);
  send_burst(world.loop, client, server.local, std::vector<std::size_t>(64, 100));
  REQUIRE(run_until(world.loop, [&] { return server.received.size() == 64; }));

  server.received.clear();
  send_burst(world.loop, client, server.local, std::vector<std::size_t>(640, 100));
  std::size_t most = 0;
  for (std::size_t before = 0; server.received.size() < 640; before = server.received.size()) {
    world.loop.run_once(std::chrono::milliseconds(100));
    most = std::max(most, server.received.size() - before);
    if (server.received.size() == before && before > 0) break;
  }
  CHECK(server.received.size() == 640);
  CHECK(most <= 128);
}

TEST_CASE("a socket that sends much in a pass takes as much of the answers in one, up to a limit",
          "[native][udp]") {
  const auto [count, size] = GENERATE(std::pair{256, 100}, std::pair{160, 1200});
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  REQUIRE(run_until(world.loop, [&] { return client.bound && server.bound; }));
  const std::size_t datagrams = static_cast<std::size_t>(count);
  const std::vector<std::size_t> sizes(datagrams, static_cast<std::size_t>(size));
  send_burst(world.loop, client, server.local, sizes);
  run_until(world.loop, [&] { return server.received.size() == datagrams; });
  send_burst(world.loop, server, client.local, sizes);

  std::size_t most = 0;
  std::size_t before = 0;
  run_until(world.loop, [&] {
    most = std::max(most, client.received.size() - before);
    before = client.received.size();
    return before == datagrams;
  });
  CAPTURE(most);
  // Of the long ones a call brings more than the limit.
  CHECK((size == 100 ? most > 192 : most <= 128));
}

TEST_CASE("a call takes fewer messages when each is several datagrams", "[native][udp]") {
  UdpShared shared{UdpOptions{}};
  SystemRandom random;
  const auto fd = bind_udp({kLoopback}, shared.options.receive_buffer_bytes, random);
  REQUIRE(fd);
  FloodMode mode(shared);
  CHECK(mode.messages_wanted() == 64);
  mode.on_received(fd->get(), 8, 64);
  CHECK(mode.messages_wanted() == 8);
  mode.on_received(fd->get(), 2, 108);
  CHECK(mode.messages_wanted() == 2);
  mode.on_received(fd->get(), 1, 64);
  CHECK(mode.messages_wanted() == 2);
  mode.on_received(fd->get(), 3, 3);
  CHECK(mode.messages_wanted() == 64);
}

TEST_CASE("a flooded socket has a greater buffer while it reads", "[native][udp]") {
  UdpShared shared{UdpOptions{.receive_buffer_bytes = 20'000, .flood_buffer_bytes = 60'000}};
  SystemRandom random;
  const auto fd = bind_udp({kLoopback}, shared.options.receive_buffer_bytes, random);
  REQUIRE(fd);
  const int usual = receive_buffer(fd->get());
  FloodMode mode(shared);
  mode.on_received(fd->get(), 63, 63);
  CHECK(receive_buffer(fd->get()) == usual);
  mode.on_received(fd->get(), 2, 64);
  CHECK(receive_buffer(fd->get()) == 3 * usual);
  CHECK(shared.grown_buffers == 1);
  mode.on_paused(fd->get());
  CHECK(receive_buffer(fd->get()) == usual);
  CHECK(shared.grown_buffers == 0);

  shared.options.flood_buffer_bytes = 0;
  mode.on_received(fd->get(), 64, 64);
  CHECK(receive_buffer(fd->get()) == usual);
}

TEST_CASE("few sockets at a time have a greater buffer", "[native][udp]") {
  UdpShared shared{UdpOptions{.receive_buffer_bytes = 20'000, .flood_buffer_bytes = 60'000}};
  SystemRandom random;
  const auto fd = bind_udp({kLoopback}, shared.options.receive_buffer_bytes, random);
  REQUIRE(fd);
  std::deque<FloodMode> modes;
  for (std::size_t i = 0; i < UdpSockets::kFloodBuffersMax + 1; ++i) {
    modes.emplace_back(shared).on_received(fd->get(), 64, 64);
  }
  CHECK(shared.grown_buffers == UdpSockets::kFloodBuffersMax);
  modes.pop_front();
  CHECK(shared.grown_buffers == UdpSockets::kFloodBuffersMax - 1);
  modes.back().on_received(fd->get(), 64, 64);
  CHECK(shared.grown_buffers == UdpSockets::kFloodBuffersMax);
  modes.clear();
  CHECK(shared.grown_buffers == 0);
}

}  // namespace floe::native
