#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/signal/message_codec.h"
#include "rooms_world.h"

namespace floe::signal::test {
namespace {

bool is_error(const std::vector<std::string>& texts, std::string_view code) {
  return !texts.empty() &&
         texts.back().starts_with(R"({"type":"error","code":")" + std::string(code) + "\"");
}

std::string description(std::string_view ufrag, int candidates) {
  std::string text =
      R"({"type":"description","usernameFragment":")" + std::string(ufrag) + R"(","candidates":[)";
  for (int i = 0; i < candidates; ++i) text += i == 0 ? "{}" : ",{}";
  return text + "]}";
}

std::string candidate(std::string_view ufrag) {
  return R"({"type":"candidate","usernameFragment":")" + std::string(ufrag) + "\"}";
}

struct BadJoin {
  std::string text;
  std::string code;
};

TEST_CASE("who does not join properly is told why and closed", "[signal][rooms]") {
  const auto& [text, code] = GENERATE(values<BadJoin>({
      {"x", "bad-message"},
      {R"({"type":"bye"})", "bad-message"},
      {R"({"type":"join"})", "bad-message"},
      {R"({"type":"join","name":"a/b"})", "bad-message"},
      {R"({"type":"join","name":"device","offers":["a/b"]})", "bad-message"},
      {R"({"type":"joined","self":"p1"})", "bad-message"},
      {R"({"type":"join","name":"page","token":"wrong"})", "unauthorized"},
  }));
  RoomsWorld world;
  world.open(1);
  world.say(1, text);
  CHECK(is_error(world.heard(1), code));
  CHECK(world.close_code(1) == kClosePolicy);
  CHECK(world.rooms.connection_count() == 0);
  CHECK(world.rooms.room_count() == 0);
  world.say(1, R"({"type":"join","name":"page"})");
  CHECK(world.heard(1).empty());
}

TEST_CASE("who does not join in time is closed", "[signal][rooms]") {
  RoomsWorld world;
  world.open(1);
  world.wait(kJoinTimeout - 1ms);
  CHECK(world.close_code(1) == 0);
  world.wait(1ms);
  CHECK(world.close_code(1) == kClosePolicy);
  CHECK(world.rooms.deadline() == kNever);
}

TEST_CASE("rooms, peers and connections have limits", "[signal][rooms]") {
  RoomsWorld world({.connections = 4, .waiting = 2, .rooms = 1, .peers_per_room = 2});
  CHECK_FALSE(world.rooms.open(world.now, ConnectionId(9), "no/slash"));
  world.join(1, "a");
  world.join(2, "b");
  world.join(3, "c");
  CHECK(is_error(world.heard(3), "room-full"));
  world.join(4, "d", "", "other");
  CHECK(is_error(world.heard(4), "room-full"));
  CHECK(world.rooms.room_count() == 1);
  world.open(5);
  world.open(6);
  CHECK_FALSE(world.rooms.open(world.now, ConnectionId(7), "lobby"));
}

TEST_CASE("those who have joined have a limit of their own", "[signal][rooms]") {
  RoomsWorld world({.connections = 2, .waiting = 2});
  world.join(1, "a");
  world.join(2, "b");
  world.join(3, "c");
  CHECK(is_error(world.heard(3), "room-full"));
  CHECK(world.close_code(3) == kClosePolicy);
  CHECK(world.rooms.joined_count() == 2);
  world.leave(1, LeaveReason::closed);
  world.join(4, "d");
  CHECK(world.rooms.joined_count() == 2);
}

TEST_CASE("who is not admitted hears why", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "page", R"(,"token":"late")");
  const auto heard = world.heard(1);
  CHECK(is_error(heard, "unauthorized"));
  CHECK(heard.back().find("the token has expired") != std::string::npos);
}

TEST_CASE("a rate is what the operator allows", "[signal][rooms]") {
  RoomsWorld world({.messages_per_second = 7});
  world.join(1, "device");
  world.join(2, "page");
  world.wait(1s);
  world.forget_all();
  for (int i = 0; i < 10; ++i) world.say(2, R"({"type":"a"})");
  CHECK(world.heard(1).size() == 7);
  const auto errors = world.heard(2);
  REQUIRE(is_error(errors, "rate"));
  CHECK(errors.back().find("more than 7 messages") != std::string::npos);
}

TEST_CASE("fifty messages pass at once, and fifty more each second", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  world.wait(1s);
  world.forget_all();
  for (int i = 0; i < 60; ++i) world.say(2, R"({"type":"a"})");
  CHECK(world.heard(1).size() == 50);
  const auto errors = world.heard(2);
  CHECK(errors.size() == 1);
  CHECK(is_error(errors, "rate"));
  CHECK(world.rooms.counters().rate_dropped == 10);
  world.wait(500ms);
  for (int i = 0; i < 60; ++i) world.say(2, R"({"type":"a"})");
  CHECK(world.heard(1).size() == 25);
}

TEST_CASE("a flood ends in a closed connection", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  world.forget_all();
  for (int i = 0; i < 600; ++i) world.say(2, R"({"type":"a"})");
  CHECK(world.close_code(2) == kClosePolicy);
  CHECK(world.heard(2).size() == 1);
  CHECK(world.heard(1).back() == R"({"type":"peer-left","peer":"p2","reason":"closed"})");
}

TEST_CASE("candidates of a generation pass up to a limit", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  world.forget_all();
  const auto say = [&](const std::string& text) {
    world.say(2, text);
    world.wait(50ms);
    return world.heard(2).empty();
  };
  CHECK(say(description("Gen1", kCandidatesMax - 4)));
  CHECK(say(description("Gen1", kCandidatesMax - 4)));
  for (int i = 0; i < 4; ++i) CHECK(say(candidate("Gen1")));
  CHECK_FALSE(say(candidate("Gen1")));
  CHECK(say(candidate("Gen2")));
  CHECK(say(description("Gen1", kCandidatesMax)));
  CHECK_FALSE(say(description("Gen3", kCandidatesMax + 1)));
  CHECK(world.rooms.counters().too_many_candidates == 2);
  CHECK(world.heard(1).size() == 8);
}

TEST_CASE("the bytes held in all rooms together have a limit", "[signal][rooms]") {
  RoomsWorld world({.held_bytes = 1000});
  const std::string text = R"({"type":"a","x":")" + std::string(400, 'x') + "\"}";
  world.join(1, "a", "", "left");
  world.join(2, "b", "", "right");
  world.say(1, text);
  world.say(2, text);
  world.forget_all();
  world.say(1, text);
  CHECK(is_error(world.heard(1), "no-such-peer"));
  world.leave(2, LeaveReason::closed);
  world.say(1, text);
  CHECK(world.heard(1).empty());
  world.wait(61s);
  world.say(1, text);
  world.say(1, text);
  CHECK(world.heard(1).empty());
}

TEST_CASE("a room holds no more than its share", "[signal][rooms]") {
  RoomsWorld world({.held_bytes = 10'000, .held_bytes_per_room = 1000});
  const std::string text = R"({"type":"a","x":")" + std::string(400, 'x') + "\"}";
  world.join(1, "greedy", "", "left");
  world.join(2, "stranger", "", "right");
  world.forget_all();
  for (int i = 0; i < 5; ++i) world.say(1, text);
  CHECK(is_error(world.heard(1), "no-such-peer"));
  world.say(2, text);
  CHECK(world.heard(2).empty());
}

TEST_CASE("a network fills no more than its share, in however many rooms", "[signal][rooms]") {
  RoomsWorld world({.held_bytes = 10'000, .held_bytes_per_network = 1000});
  const std::string text = R"({"type":"a","x":")" + std::string(400, 'x') + "\"}";
  const auto say = [&](int id, const IpAddress& network) {
    const std::string room = "room" + std::to_string(id);
    world.open(id, room, network);
    world.say(id, R"({"type":"join","name":"one"})");
    world.forget_all();
    world.say(id, text);
    return world.heard(id).empty();
  };
  const IpAddress greedy = IpAddress::v4(198, 51, 100, 0);
  CHECK(say(1, greedy));
  CHECK(say(2, greedy));
  CHECK_FALSE(say(3, greedy));
  CHECK(say(4, IpAddress::v4(203, 0, 113, 0)));
  // What is gone counts no more.
  world.leave(1, LeaveReason::closed);
  CHECK(say(5, greedy));
  CHECK_FALSE(say(6, greedy));
}

TEST_CASE("only its owner takes a place that is away by its name", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device", R"(,"token":"of alice")");
  world.join(2, "page");
  world.leave(1, LeaveReason::timeout);
  world.forget_all();
  world.say(2, R"({"type":"a","secret":"for the device"})");
  world.join(3, "device", R"(,"token":"of bob")");
  REQUIRE(world.heard(3).size() == 1);  // joined, and nothing that was held
  world.leave(3, LeaveReason::closed);
  world.join(4, "device");
  REQUIRE(world.heard(4).size() == 1);
  world.leave(4, LeaveReason::closed);
  world.join(5, "device", R"(,"token":"of alice")");
  CHECK(world.heard(5).size() == 2);
  CHECK(world.rooms.counters().resumed == 1);
}

}  // namespace
}  // namespace floe::signal::test
