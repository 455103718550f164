#include "floe/driver/room.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <vector>

#include "fake_host.h"
#include "signal/client_world.h"

namespace floe::testing {
namespace {

using namespace std::chrono_literals;

constexpr const char* kUrl = "wss://example.net/signal/lobby";

/// A room with sockets of its own, on the clock and the channels of a world; what it says, a line
/// each.
struct Member {
  Member(signal::test::ClientWorld& world, std::string name, std::size_t connections_max = 16,
         std::string url = kUrl)
      : Member(
            world,
            {.url = std::move(url), .name = std::move(name), .connections_max = connections_max}) {}
  Member(signal::test::ClientWorld& world, RoomOptions options)
      : random_(static_cast<std::uint32_t>(options.name.front())),
        host_(parts.api()),
        room({world.time, world.time, host_.datagram_sockets, host_.network, random_, host_.crypto,
              host_.log},
             world, std::move(options)) {
    room.on_connection = [this](Connection& connection, const signal::Peer& peer) {
      lines.push_back("connection " + peer.name);
      offered.emplace_back(peer.offers.text());
      connections.push_back(&connection);
    };
    room.on_connection_gone = [this](Connection&, const signal::Peer& peer) {
      lines.push_back("gone " + peer.name);
    };
    room.on_waiting = [this](const Waiting& waiting) {
      waits.push_back(std::string(to_text(waiting.what)) + ": " + std::string(waiting.text));
    };
    room.on_error = [this](std::string_view text) { lines.emplace_back(text); };
    problem = room.join();
    world.run();
  }

  FakeHost parts;

 private:
  signal::test::TestRandom random_;  // two ends must not have the same credentials
  Host host_;

 public:
  std::string problem;
  std::vector<std::string> lines;
  std::vector<std::string> waits;
  std::vector<std::string> offered;  // by each peer that got a connection
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

// Where everything runs on one machine, a gateway may lend nothing but loopback.
TEST_CASE("loopback is used when the server is on this host, and the user named no addresses",
          "[driver][room]") {
  const bool is_here = GENERATE(true, false);
  const bool is_offered = GENERATE(true, false);
  signal::test::ClientWorld world;
  const std::string url = is_here ? "ws://127.0.0.1:8080/signal/lobby" : "wss://example.net/lobby";
  Member first(world, "first", 16, url);
  Member second(world, "second", 16, url);
  if (is_offered) first.parts.loopback_address = IpAddress::loopback(Family::ipv4);
  first.parts.set_addresses({"192.0.2.1"});
  world.run(1s);
  CHECK(first.parts.opening_count("192.0.2.1") == 1);
  CHECK(first.parts.opening_count("127.0.0.1") == (is_here && is_offered ? 1 : 0));
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

TEST_CASE("options that lead into no room are refused at the call", "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first", 16, "http://example.net/signal/lobby");
  CHECK(first.problem == "not a channel");
  CHECK(first.room.state() == signal::ClientState::idle);
  Member second(world, "two words");
  CHECK(second.problem.starts_with("a name has"));
  Member third(world, "third");
  CHECK(third.problem.empty());
  CHECK(third.lines.empty());
}

TEST_CASE("services that have no names, or are too many, are refused at the call",
          "[driver][room]") {
  const auto problem_of = [](std::vector<std::string> offers, std::string seeks) {
    signal::test::ClientWorld world;
    return Member(world, {.url = kUrl,
                          .name = "device",
                          .offers = std::move(offers),
                          .seeks = std::move(seeks)})
        .problem;
  };
  CHECK(problem_of({"echo"}, "log").empty());
  CHECK(problem_of(std::vector<std::string>(signal::kOffersMax, "echo"), "").empty());
  CHECK(problem_of(std::vector<std::string>(signal::kOffersMax + 1, "echo"), "") ==
        "at most 8 services can be offered");
  CHECK(problem_of({"echo", "two words"}, "").starts_with("a name has"));
  CHECK(problem_of({}, "two words").starts_with("a name has"));
}

TEST_CASE("an end that seeks a service meets those that offer it, and says when there are none",
          "[driver][room]") {
  signal::test::ClientWorld world;
  Member clock(world, {.url = kUrl, .name = "clock", .offers = {"time"}});
  Member seeker(world, {.url = kUrl, .name = "seeker", .connections_max = 1, .seeks = "echo"});
  world.run(1s);
  CHECK(seeker.lines.empty());
  REQUIRE(seeker.waits.size() == 1);
  CHECK(seeker.waits[0].starts_with(
      "no-peer: Nobody that offers \"echo\" is in the room \"lobby\". "));

  Member page(world, "page");
  Member device(world, {.url = kUrl, .name = "device", .offers = {"time", "echo"}});
  world.run(1s);
  CHECK(seeker.lines == Lines{"connection page", "gone page", "connection device"});
  REQUIRE(device.offered.size() == 3);
  CHECK(device.offered[0] == "time ");
  CHECK(device.offered[1].empty());
}

TEST_CASE("an end says that it waits for others, and again when they have left", "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first");
  REQUIRE(first.waits.size() == 1);
  CHECK(first.waits[0].starts_with("no-peer: Nobody else is in the room \"lobby\". "));
  {
    Member second(world, "second");
    world.run(1s);
    CHECK(second.waits.empty());
    second.room.leave();
    world.run(1s);
  }
  CHECK(first.waits.size() == 2);
  CHECK(first.waits.back() == first.waits.front());
}

TEST_CASE("nobody is missed for as long as there is a connection", "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first");
  first.room.on_waiting = [&](const Waiting&) { first.lines.emplace_back("waits"); };
  signal::test::ClientLog log;
  const auto second = world.make_client(log, "second");
  second->join();
  world.run();
  second->leave();
  world.run(1s);
  CHECK(first.lines == Lines{"connection second", "gone second", "waits"});
}

TEST_CASE("an end says why it has no connection to the server, for each attempt",
          "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first");
  first.waits.clear();
  world.cut();
  world.run(60s);
  REQUIRE(first.waits.size() > 3);
  const std::string server = "the signalling server at wss://example.net/signal/lobby";
  CHECK(first.waits[0].starts_with("signaling-unreachable: The connection to " + server +
                                   " is lost: cut. "));
  CHECK(first.waits[1].starts_with("signaling-unreachable: No answer from a signalling server"));
}

TEST_CASE("a server that does not answer is named within ten seconds", "[driver][room]") {
  signal::test::ClientWorld world;
  world.is_blocked = true;
  Member first(world, "first");
  world.run(10s);
  REQUIRE(first.waits.size() == 1);
  CHECK(first.waits[0].find(": no answer. ") != std::string::npos);
}

TEST_CASE("a peer that says nothing is told, once", "[driver][room]") {
  signal::test::ClientWorld world;
  signal::test::ClientLog silent_log;
  const auto silent = world.make_client(silent_log, "silent");
  silent->join();
  Member first(world, "first");
  world.run(4s);
  CHECK(first.waits.empty());
  world.run(6s);
  REQUIRE(first.waits.size() == 1);
  CHECK(first.waits[0].starts_with("no-answer: \"silent\" is in the room and does not answer. "));

  Member second(world, "second");
  world.run(10s);
  CHECK(std::ranges::count_if(
            first.waits, [](const auto& wait) { return wait.starts_with("no-answer: "); }) == 1);
}

TEST_CASE("a peer that answers and cannot be reached is told after six seconds", "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first");
  Member second(world, "second");
  first.waits.clear();
  world.run(5s);
  CHECK(first.waits.empty());
  SECTION("without a candidate here, with the reason") {
    world.run(2s);
    REQUIRE(first.waits.size() == 1);
    CHECK(first.waits[0].starts_with(
        "no-path-yet: No path yet to \"second\". This host offered no address: "));
    world.run(4s);
    CHECK(first.waits.size() == 1);
  }
  SECTION("not when the connection has ended") {
    second.room.leave();
    world.run(4s);
    CHECK(std::ranges::none_of(first.waits,
                               [](const auto& wait) { return wait.starts_with("no-path-yet"); }));
  }
}

TEST_CASE("an end that gets no place in the room says why", "[driver][room]") {
  signal::test::ClientWorld world;
  signal::test::ClientLog log;
  std::vector<std::unique_ptr<signal::SignalingDriver>> others;
  for (std::size_t i = 0; i < signal::RoomLimits().peers_per_room; ++i) {
    others.push_back(world.make_client(log, "other"));
    others.back()->join();
  }
  world.run();
  Member last(world, "last");
  REQUIRE(last.waits.size() == 1);
  CHECK(last.waits[0].starts_with(
      "room-full: The signalling server gives no place in the room \"lobby\": the room is full"));
  CHECK(last.lines == Lines{"the room is full; try later"});
}

TEST_CASE("a path that is not found is told with the reason, or else logged", "[driver][room]") {
  signal::test::ClientWorld world;
  Member first(world, "first");
  Member second(world, "second");
  std::vector<std::string> told;
  const bool is_heard = GENERATE(true, false);
  world.run(1s);
  if (is_heard) {
    first.connections.at(0)->on_no_path = [&](ice::State state, std::string_view why) {
      told.push_back(std::string(to_text(state)) + ": " + std::string(why));
    };
  }
  for (Member* member : {&first, &second}) {
    member->parts.set_addresses({"192.0.2.1"});
    member->parts.bind_all();
  }
  world.run(60s);
  const std::vector<std::string> lines = is_heard ? told : first.parts.log_lines();
  CHECK(std::ranges::any_of(lines, [](const std::string& line) {
    return line.find("failed: The only pair of candidates got no answer.") != std::string::npos;
  }));
  CHECK(std::ranges::any_of(first.parts.log_lines(), [](const std::string& line) {
          return line.find("failed: ") != std::string::npos;
        }) != is_heard);
}

TEST_CASE("who waits is logged when nobody listens", "[driver][room]") {
  signal::test::ClientWorld world;
  FakeHost parts;
  signal::test::TestRandom random(1);
  const Host host = parts.api();
  Room room(
      {world.time, world.time, host.datagram_sockets, host.network, random, host.crypto, host.log},
      world, {.url = "wss://example.net/signal/lobby", .name = "alone"});
  room.join();
  world.run(1s);
  REQUIRE(parts.log_lines().size() == 1);
}

}  // namespace
}  // namespace floe::testing
