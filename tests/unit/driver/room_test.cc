#include "floe/driver/room.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "fake_host.h"
#include "signal/client_world.h"

namespace floe::testing {
namespace {

using namespace std::chrono_literals;

/// A room with sockets of its own, on the clock and the channels of a world; what it says, a line
/// each.
struct Member {
  Member(signal::test::ClientWorld& world, std::string name, std::size_t connections_max = 16)
      : random_(static_cast<std::uint32_t>(name.front())),
        host_(parts.api()),
        room({world.time, world.time, host_.datagram_sockets, host_.network, random_, host_.crypto,
              host_.log},
             world,
             {.url = "wss://example.net/signal/lobby",
              .name = std::move(name),
              .connections_max = connections_max}) {
    room.on_connection = [this](Connection& connection, const signal::Peer& peer) {
      lines.push_back("connection " + peer.name);
      connections.push_back(&connection);
    };
    room.on_connection_gone = [this](Connection&, const signal::Peer& peer) {
      lines.push_back("gone " + peer.name);
    };
    room.on_error = [this](std::string_view text) { lines.emplace_back(text); };
    room.join();
    world.run();
  }

  FakeHost parts;

 private:
  signal::test::TestRandom random_;  // two ends must not have the same credentials
  Host host_;

 public:
  std::vector<std::string> lines;
  std::vector<Connection*> connections;
  Room room;
};

using Lines = std::vector<std::string>;

TEST_CASE("two ends in a room have a connection to each other, with opposite roles",
          "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first");
  Member second(world, "second");
  world.run(1s);

  REQUIRE(first.lines == Lines{"connection second"});
  REQUIRE(second.lines == Lines{"connection first"});
  CHECK(first.connections[0]->agent().role() == ice::Role::controlled);
  CHECK(second.connections[0]->agent().role() == ice::Role::controlling);
  CHECK(first.room.send(as_bytes("no path yet")) == 0);
}

TEST_CASE("leaving ends the connection of the other end, too", "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first");
  Member second(world, "second");
  world.run(1s);
  second.room.leave();
  world.run(1s);
  CHECK(first.lines == Lines{"connection second", "gone second"});
  CHECK(second.room.state() == signal::ClientState::closed);
}

TEST_CASE("an end that has its connections tells why a peer is not answered", "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first", 1);
  Member second(world, "second");
  Member third(world, "third");
  world.run();
  REQUIRE(first.lines.size() >= 2);
  CHECK(first.lines[0] == "connection second");
  CHECK(first.lines[1].starts_with("a peer gets no connection"));
}

TEST_CASE("a listener may close the connection that it is told of", "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first");
  first.room.on_connection = [&](Connection& connection, const signal::Peer&) {
    connection.on_state = [&connection](ice::State) { connection.close("not wanted"); };
    connection.close("not wanted");
  };
  Member second(world, "second");
  world.run(1s);
  REQUIRE_FALSE(second.lines.empty());
  CHECK(second.lines.back() == "gone first");
  CHECK(first.lines.back() == "gone second");
}

}  // namespace
}  // namespace floe::testing
