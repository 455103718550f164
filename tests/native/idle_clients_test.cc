#include <sys/resource.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "web_socket_world.h"

namespace floe::native {
namespace {

using test::End;
using test::numbered;
using test::WebSocketWorld;
using namespace std::chrono_literals;

constexpr int kIdle = 1000;

int round_trips(WebSocketWorld& world, End& client, Duration time) {
  int count = 0;
  const ByteVector message = numbered(100, 1);
  client.keep = false;
  client.then = [&] {
    ++count;
    client.channel->send(MessageKind::binary, message);
  };
  client.channel->send(MessageKind::binary, message);
  test::run_for(world.loop, time);
  client.then = nullptr;
  test::run_for(world.loop, 10ms);
  return count;
}

}  // namespace

TEST_CASE("a thousand idle clients neither slow an active one nor keep the loop busy",
          "[native][websocket]") {
  rlimit limit{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);
  if (limit.rlim_cur < 2 * kIdle + 100) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 2 * kIdle + 100);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < 2 * kIdle + 100) {
      SKIP("too few descriptors");
    }
  }
  HttpServerOptions options;
  options.strangers = {kIdle, kIdle};
  WebSocketWorld world(std::move(options));
  world.acceptor.echo = true;
  REQUIRE(world.server->listen());
  auto active = world.connect();
  REQUIRE(world.run_until([&] { return active->open; }));
  const int alone = round_trips(world, *active, 300ms);

  std::vector<std::unique_ptr<End>> idle;
  for (int i = 0; i < kIdle; ++i) idle.push_back(world.connect());
  REQUIRE(world.run_until([&] { return world.acceptor.ends.size() == kIdle + 1; }));
  const int among_idle = round_trips(world, *active, 300ms);

  // The same machine at the same time is the only fair control; a poll over all would be 50 times
  // slower.
  CAPTURE(alone, among_idle);
  CHECK(among_idle > alone / 3);

  const std::uint64_t passes = world.loop.pass();
  const Timestamp start = world.loop.now();
  while (world.loop.now() - start < 1s) {
    world.loop.run_once(1s - (world.loop.now() - start));
  }
  CHECK(world.loop.pass() - passes <= 20);
}

}  // namespace floe::native
