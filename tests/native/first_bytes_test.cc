// Connections that are sorted by what they say first.
#include "floe/native/first_bytes.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "loop_runner.h"

using namespace floe;
using namespace floe::native;

namespace {

const TransportAddress kPeer{IpAddress::v4(192, 0, 2, 1), 4000};

struct Sorted {
  /// The peer's end of a connection that waits.
  UniqueFd add() {
    std::array<int, 2> ends{};
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
    first_bytes.take({UniqueFd(ends[0]), kPeer});
    return UniqueFd(ends[1]);
  }
  template <class Predicate>
  bool until(Predicate done) {
    return test::run_until(loop, done, 2 * FirstBytes::kPatience);
  }

  Loop loop;
  std::vector<std::string> known;
  std::vector<std::string> unread;  // what can be read from these
  Strangers strangers{{.all = 10, .per_network = 3}};
  FirstBytes first_bytes{loop, strangers,
                         [this](FirstBytes::Connection connection, std::string_view first) {
                           CHECK(connection.peer == kPeer);
                           known.emplace_back(first);
                           std::array<char, 100> bytes{};
                           const auto size = read(connection.fd.get(), bytes.data(), bytes.size());
                           unread.emplace_back(bytes.data(), static_cast<std::size_t>(size));
                         }};
};

void say(const UniqueFd& peer, std::string_view text) {
  REQUIRE(write(peer.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
}

}  // namespace

TEST_CASE("the first bytes are known, and stay unread", "[native]") {
  Sorted world;
  const UniqueFd peer = world.add();
  CHECK(world.first_bytes.count() == 1);
  say(peer, "GET /tunnel HTTP/1.1\r\n");
  REQUIRE(world.until([&] { return !world.known.empty(); }));
  CHECK(world.known.front() == "GET /tunnel ");
  CHECK(world.unread.front() == "GET /tunnel HTTP/1.1\r\n");
  CHECK(world.first_bytes.count() == 0);
  CHECK(world.strangers.count() == 0);
}

TEST_CASE("first bytes that come one by one are waited for, without spinning", "[native]") {
  Sorted world;
  const UniqueFd peer = world.add();
  const std::string_view text = "GET /tunnel ";
  for (const char c : text) {
    CHECK(world.known.empty());
    say(peer, {&c, 1});
    const std::uint64_t passes = world.loop.pass();
    test::run_for(world.loop, 60ms);
    CHECK(world.loop.pass() - passes < 20);
  }
  REQUIRE(world.until([&] { return !world.known.empty(); }));
  CHECK(world.known.front() == text);
}

TEST_CASE("a connection that ends before it has said enough is gone", "[native]") {
  Sorted world;
  UniqueFd silent = world.add();
  UniqueFd terse = world.add();
  const UniqueFd good = world.add();
  say(terse, "GET");
  silent.reset();
  terse.reset();
  say(good, "GET /tunnel HTTP/1.1\r\n");
  REQUIRE(world.until([&] { return world.known.size() == 1 && world.first_bytes.count() <= 1; }));
  // What the other said is too little, and its end is not seen yet.
  CHECK(world.first_bytes.count() == 1);
}

TEST_CASE("the oldest of too many silent connections is closed", "[native]") {
  Sorted world;
  const UniqueFd first = world.add();
  const UniqueFd second = world.add();
  const UniqueFd third = world.add();
  const UniqueFd fourth = world.add();
  CHECK(world.first_bytes.count() == 3);
  char byte = 0;
  CHECK(read(first.get(), &byte, 1) == 0);
  CHECK(read(second.get(), &byte, 1) < 0);
  CHECK(world.strangers.displaced() == 1);
}

TEST_CASE("a silent connection is closed in time", "[native]") {
  Sorted world;
  const UniqueFd silent = world.add();
  const UniqueFd terse = world.add();
  say(terse, "GET");
  const Timestamp begin = world.loop.now();
  REQUIRE(world.until([&] { return world.first_bytes.count() == 0; }));
  CHECK(world.loop.now() - begin >= FirstBytes::kPatience);
  CHECK(world.loop.now() - begin < FirstBytes::kPatience + 2s);
}
