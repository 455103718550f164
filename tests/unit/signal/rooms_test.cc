#include "floe/signal/rooms.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/signal/message_codec.h"
#include "rooms_world.h"
#include "string_makers.h"

namespace floe::signal::test {
namespace {

using Texts = std::vector<std::string>;

Joined joined(const std::string& text) {
  const auto parsed = parse_room_message(text);
  REQUIRE(parsed);
  REQUIRE(std::holds_alternative<Joined>(parsed->message));
  return std::get<Joined>(parsed->message);
}

RoomErrorCode error_of(const Texts& texts) {
  REQUIRE(texts.size() == 1);
  const auto parsed = parse_room_message(texts[0]);
  REQUIRE(parsed);
  REQUIRE(std::holds_alternative<RoomError>(parsed->message));
  CHECK_FALSE(std::get<RoomError>(parsed->message).message.empty());
  return std::get<RoomError>(parsed->message).code;
}

TEST_CASE("the first two peers hear of each other", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  const auto first = world.heard(1);
  REQUIRE(first.size() == 2);
  CHECK(joined(first[0]).self == "p1");
  CHECK(joined(first[0]).peers.empty());
  CHECK(first[1] == R"({"type":"peer-joined","peer":{"id":"p2","name":"page"}})");
  const auto second = world.heard(2);
  REQUIRE(second.size() == 1);
  CHECK(joined(second[0]).self == "p2");
  CHECK(joined(second[0]).peers == std::vector<Peer>{{"p1", "device"}});
  CHECK(joined(first[0]).resume != joined(second[0]).resume);
}

struct Relayed {
  std::string sent;
  std::string received;
};

TEST_CASE("a message is passed on with from and seq, and otherwise unchanged", "[signal][rooms]") {
  const auto& [sent, received] = GENERATE(values<Relayed>({
      {R"({"type":"bye"})", R"({"type":"bye","from":"p2","seq":1})"},
      {R"({"from":"p1","type":"bye","seq":99,"to":"p1"})",
       R"({"type":"bye","to":"p1","from":"p2","seq":1})"},
      {R"({"from":{"x":1},"type":"bye","seq":null,"to":null})",
       R"({"type":"bye","to":null,"from":"p2","seq":1})"},
      {R"({"type":"own","n":[1.0,1e5,-0,0.10],"o":{"u":"\u20ac\n"}})",
       "{\"type\":\"own\",\"n\":[1.0,1e5,-0,0.10],\"o\":{\"u\":\"\xe2\x82\xac\\n\"},"
       "\"from\":\"p2\",\"seq\":1}"},
      {R"({"type":"description","candidates":7,"usernameFragment":[]})",
       R"({"type":"description","candidates":7,"usernameFragment":[],"from":"p2","seq":1})"},
  }));
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  world.forget_all();
  world.say(2, sent);
  CHECK(world.heard(1) == Texts{received});
  CHECK(world.heard(2).empty());
  world.say(2, sent);
  CHECK(world.heard(1)[0].ends_with(R"("seq":2})"));
}

struct Refused {
  std::string text;
  RoomErrorCode code;
};

TEST_CASE("what cannot be passed on is refused with a reason", "[signal][rooms]") {
  const auto& [text, code] = GENERATE(values<Refused>({
      {"", RoomErrorCode::bad_message},
      {"[]", RoomErrorCode::bad_message},
      {R"({"to":"p1"})", RoomErrorCode::bad_message},
      {R"({"type":"bye","type":"bye"})", RoomErrorCode::bad_message},
      {R"({"type":"bye","x":")" + std::string(kMessageSizeMax, 'x') + "\"}",
       RoomErrorCode::bad_message},
      {R"({"type":"join","name":"again"})", RoomErrorCode::bad_message},
      {R"({"type":"joined","self":"p1"})", RoomErrorCode::bad_message},
      {R"({"type":"peer-left","peer":"p1","to":"p1"})", RoomErrorCode::bad_message},
      {R"({"type":"error","code":"rate"})", RoomErrorCode::bad_message},
      {R"({"type":"bye","to":"no spaces"})", RoomErrorCode::bad_message},
      {R"({"type":"bye","to":1})", RoomErrorCode::bad_message},
      {R"({"type":"bye","to":"p2"})", RoomErrorCode::no_such_peer},
      {R"({"type":"bye","to":"p9"})", RoomErrorCode::no_such_peer},
      {R"({"type":"bye","to":"device"})", RoomErrorCode::no_such_peer},
  }));
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  world.forget_all();
  world.say(2, text);
  CHECK(error_of(world.heard(2)) == code);
  CHECK(world.heard(1).empty());
  CHECK(world.close_code(2) == 0);
}

TEST_CASE("with several others, a message must say to whom", "[signal][rooms]") {
  RoomsWorld world;
  for (int id = 1; id <= 3; ++id) world.join(id, "peer");
  world.forget_all();
  world.say(2, R"({"type":"bye"})");
  CHECK(error_of(world.heard(2)) == RoomErrorCode::bad_message);
  world.say(2, R"({"type":"bye","to":"p3"})");
  CHECK(world.heard(3).size() == 1);
  CHECK(world.heard(1).empty());
}

TEST_CASE("rooms do not hear each other", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "a", "", "left");
  world.join(2, "b", "", "right");
  CHECK(joined(world.heard(2)[0]).peers.empty());
  world.say(1, R"({"type":"bye","to":"p1"})");
  CHECK(error_of({world.heard(1).back()}) == RoomErrorCode::no_such_peer);
  CHECK(world.heard(2).empty());
}

TEST_CASE("messages in an empty room wait a minute for the first", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.say(1, R"({"type":"a"})");
  world.wait(30s);
  world.say(1, R"({"type":"b"})");
  world.wait(31s);
  CHECK(world.rooms.counters().held_expired == 1);
  world.join(2, "page");
  const auto heard = world.heard(2);
  REQUIRE(heard.size() == 2);
  CHECK(heard[1] == R"({"type":"b","from":"p1","seq":2})");
  world.join(3, "late");
  CHECK(world.heard(3).size() == 1);
}

TEST_CASE("at most 64 messages wait", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  for (int i = 0; i < 70; ++i) {
    world.say(1, R"({"type":"a"})");
    world.wait(100ms);
  }
  CHECK(world.rooms.counters().held == 64);
  CHECK(world.rooms.counters().held_refused == 6);
  CHECK(error_of({world.heard(1).back()}) == RoomErrorCode::no_such_peer);
  world.join(2, "page");
  CHECK(world.heard(2).size() == 65);
}

TEST_CASE("who drops out is waited for, and nobody else notices", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  const std::string resume = joined(world.heard(2)[0]).resume;
  world.forget_all();
  world.leave(2, LeaveReason::timeout);
  world.say(1, R"({"type":"a"})");
  world.wait(29s);
  SECTION("by its name") {
    world.join(3, "page");
  }
  SECTION("by its secret") {
    world.join(3, "page", R"(,"resume":")" + resume + "\"");
  }
  const auto heard = world.heard(3);
  REQUIRE(heard.size() == 2);
  CHECK(joined(heard[0]) == Joined{"p2", {{"p1", "device"}}, resume});
  CHECK(heard[1] == R"({"type":"a","from":"p1","seq":1})");
  CHECK(world.heard(1).empty());
  world.wait(60s);
  CHECK(world.heard(1).empty());
  CHECK(world.rooms.counters().resumed == 1);
}

TEST_CASE("who stays away is gone after 30 seconds", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  world.forget_all();
  world.leave(2, LeaveReason::timeout);
  world.say(1, R"({"type":"a"})");
  world.wait(30s);
  CHECK(world.heard(1) == Texts{R"({"type":"peer-left","peer":"p2","reason":"timeout"})"});
  world.join(3, "page");
  CHECK(joined(world.heard(3)[0]).self == "p3");
}

TEST_CASE("what has expired is not delivered, however late the timer is", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.say(1, R"({"type":"a"})");
  world.jump(61s);
  world.join(2, "page");
  CHECK(world.heard(2).size() == 1);
  world.leave(2, LeaveReason::timeout);
  world.jump(31s);
  world.join(3, "page");
  CHECK(joined(world.heard(3)[0]).self == "p3");
}

TEST_CASE("who closes properly is gone at once", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  world.forget_all();
  world.leave(2, LeaveReason::closed);
  CHECK(world.heard(1) == Texts{R"({"type":"peer-left","peer":"p2","reason":"closed"})"});
  world.leave(1, LeaveReason::closed);
  CHECK(world.rooms.room_count() == 0);
  CHECK(world.rooms.connection_count() == 0);
  CHECK(world.rooms.deadline() == kNever);
}

TEST_CASE("the secret takes a place whose connection only seems alive", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  const std::string resume = joined(world.heard(2)[0]).resume;
  world.forget_all();
  world.join(3, "page");
  CHECK(joined(world.heard(3)[0]).self == "p3");
  world.join(4, "page", R"(,"resume":")" + resume + "\"");
  CHECK(joined(world.heard(4)[0]).self == "p2");
  CHECK(world.close_code(2) == kCloseReplaced);
  world.leave(2, LeaveReason::timeout);
  world.forget_all();
  world.say(4, R"({"type":"a","to":"p1"})");
  CHECK(world.heard(1) == Texts{R"({"type":"a","to":"p1","from":"p2","seq":1})"});
}

TEST_CASE("messages of who has gone are not delivered any more", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device");
  world.join(2, "page");
  world.leave(1, LeaveReason::timeout);
  world.say(2, R"({"type":"a"})");
  world.leave(2, LeaveReason::closed);
  world.forget_all();
  world.join(3, "device");
  CHECK(world.heard(3).size() == 1);
}

}  // namespace
}  // namespace floe::signal::test
