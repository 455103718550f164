#include "floe/peer/room.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

namespace floe::peer {
namespace {

constexpr Timestamp kNow{std::chrono::seconds(1000)};

/// Outputs as a line each.
struct Lines {
  std::vector<std::string> lines;

  void operator()(const ConnectionWanted& wanted) {
    lines.push_back("connect " + wanted.peer.id + " " + std::string(ice::to_text(wanted.role)));
  }
  void operator()(const MessageForConnection& arrived) {
    lines.push_back("message " + arrived.peer + " " + std::string(type_of(arrived.message)));
  }
  void operator()(const RepeatWanted& wanted) { lines.push_back("repeat " + wanted.peer); }
  void operator()(const ConnectionOver& over) { lines.push_back("over " + over.peer); }
  void operator()(const PeerNotAnswered& refused) { lines.push_back("refused " + refused.peer); }
};

std::vector<std::string> drain(Room& room) {
  Lines lines;
  while (const auto output = room.poll_output()) std::visit(lines, *output);
  return lines.lines;
}

using Expected = std::vector<std::string>;

TEST_CASE("each peer of a room gets a connection with the role the server's order gives",
          "[peer][room]") {
  Room room(16);
  room.handle_joined();
  room.handle_peer_joined({"a", "first"}, ice::Role::controlling);
  room.handle_peer_joined({"b", "second"}, ice::Role::controlled);
  CHECK(drain(room) == Expected{"connect a controlling", "connect b controlled"});
  CHECK(room.deadline() == kNever);
}

TEST_CASE("a message of an unknown peer makes a connection before it is handed over",
          "[peer][room]") {
  Room room(16);
  room.handle_message(signal::EndOfCandidates{}, {"a", {}});
  room.handle_message(signal::Bye{"done"}, {"a", {}});
  CHECK(drain(room) ==
        Expected{"connect a controlled", "message a end-of-candidates", "message a bye"});
}

TEST_CASE("peers beyond the limit are not answered until a connection is over", "[peer][room]") {
  Room room(1);
  room.handle_peer_joined({"a", {}}, ice::Role::controlling);
  room.handle_peer_joined({"b", {}}, ice::Role::controlling);
  room.handle_message(signal::EndOfCandidates{}, {"c", {}});
  CHECK(drain(room) == Expected{"connect a controlling", "refused b", "refused c"});

  room.handle_state(kNow, "a", ice::State::closed);
  room.handle_timeout(kNow);
  room.handle_peer_joined({"b", {}}, ice::Role::controlling);
  CHECK(drain(room) == Expected{"over a", "connect b controlling"});
}

signal::Peer offering(std::string id, const std::vector<std::string>& names) {
  return {std::move(id), {}, signal::Offers(names)};
}

TEST_CASE("an end that seeks a service has no connection to a peer that offers only others",
          "[peer][room]") {
  Room room(16, "echo");
  room.handle_peer_joined(offering("a", {"log"}), ice::Role::controlling);
  room.handle_peer_joined(offering("b", {"log", "echo"}), ice::Role::controlling);
  room.handle_peer_joined(offering("c", {}), ice::Role::controlling);
  room.handle_message(signal::EndOfCandidates{}, offering("a", {"log"}));
  room.handle_message(signal::EndOfCandidates{}, offering("d", {"echo"}));
  CHECK(drain(room) == Expected{"connect b controlling", "connect c controlling",
                                "connect d controlled", "message d end-of-candidates"});
}

TEST_CASE("a peer that offers what is sought takes the place of one that does not say so",
          "[peer][room]") {
  Room room(2, "echo");
  room.handle_peer_joined(offering("a", {}), ice::Role::controlling);
  room.handle_peer_joined(offering("b", {}), ice::Role::controlling);
  drain(room);
  SECTION("and has no path") {
    room.handle_state(kNow, "a", ice::State::connected);
    room.handle_state(kNow, "b", ice::State::checking);
    room.handle_peer_joined(offering("c", {"echo"}), ice::Role::controlled);
    CHECK(drain(room) == Expected{"over b", "connect c controlled"});
    room.handle_peer_joined(offering("d", {"echo"}), ice::Role::controlled);
    CHECK(drain(room) == Expected{"refused d"});
  }
  SECTION("but not when that one has a path, or had it a moment ago") {
    room.handle_state(kNow, "a", ice::State::disconnected);
    room.handle_state(kNow, "b", ice::State::completed);
    room.handle_peer_joined(offering("c", {"echo"}), ice::Role::controlled);
    CHECK(drain(room) == Expected{"refused c"});
  }
  SECTION("and nobody's who does not say so, either") {
    room.handle_peer_joined(offering("c", {}), ice::Role::controlled);
    CHECK(drain(room) == Expected{"refused c"});
  }
}

TEST_CASE("without a service that is sought, offers make no difference", "[peer][room]") {
  Room room(1);
  room.handle_peer_joined(offering("a", {}), ice::Role::controlling);
  room.handle_peer_joined(offering("b", {"echo"}), ice::Role::controlling);
  CHECK(drain(room) == Expected{"connect a controlling", "refused b"});
}

TEST_CASE("descriptions are repeated to a peer that may have missed a message", "[peer][room]") {
  Room room(16);
  room.handle_peer_joined({"a", {}}, ice::Role::controlling);
  room.handle_peer_joined({"b", {}}, ice::Role::controlling);
  drain(room);
  SECTION("when the peer comes again") {
    room.handle_peer_joined({"a", {}}, ice::Role::controlled);
    CHECK(drain(room) == Expected{"repeat a"});
  }
  SECTION("to all when this end comes again") {
    room.handle_joined();
    CHECK(drain(room) == Expected{"repeat a", "repeat b"});
  }
}

TEST_CASE("a connection that works outlives its peer's place in the room", "[peer][room]") {
  for (const ice::State state :
       {ice::State::connected, ice::State::completed, ice::State::disconnected}) {
    Room room(16);
    room.handle_peer_joined({"a", {}}, ice::Role::controlling);
    room.handle_state(kNow, "a", state);
    drain(room);
    room.handle_peer_left(kNow, "a");
    CHECK(room.deadline() == kNever);

    room.handle_state(kNow, "a", ice::State::failed);
    CHECK(room.deadline() == kNow);
    room.handle_timeout(kNow);
    CHECK(drain(room) == Expected{"over a"});
    CHECK(room.deadline() == kNever);
  }
}

TEST_CASE("a connection that failed waits for a restart while its peer is in the room",
          "[peer][room]") {
  Room room(16);
  room.handle_peer_joined({"a", {}}, ice::Role::controlling);
  room.handle_state(kNow, "a", ice::State::failed);
  CHECK(room.deadline() == kNever);
  room.handle_peer_left(kNow, "a");
  CHECK(room.deadline() == kNow);
}

TEST_CASE("a connection goes on when its peer is back before the end was carried out",
          "[peer][room]") {
  Room room(16);
  room.handle_peer_joined({"a", {}}, ice::Role::controlling);
  room.handle_peer_left(kNow, "a");
  CHECK(room.deadline() == kNow);
  room.handle_peer_joined({"a", {}}, ice::Role::controlling);
  room.handle_timeout(kNow);
  CHECK(drain(room) == Expected{"connect a controlling", "repeat a"});
}

TEST_CASE("a room hears nothing more of a connection that is over", "[peer][room]") {
  Room room(16);
  room.handle_peer_joined({"a", {}}, ice::Role::controlling);
  room.handle_state(kNow, "a", ice::State::closed);
  room.handle_timeout(kNow);
  drain(room);
  room.handle_state(kNow, "a", ice::State::closed);
  room.handle_peer_left(kNow, "a");
  CHECK(room.deadline() == kNever);
  CHECK(drain(room).empty());
}

}  // namespace
}  // namespace floe::peer
