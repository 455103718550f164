// A signalling server in memory: who was sent what, and who was closed.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "floe/signal/rooms.h"
#include "test_random.h"

namespace floe::signal::test {

struct OpenAdmission final : Admission {
  /// A token "of NAME" makes the place NAME's.
  JoinVerdict admit(ConnectionId, std::string_view, const Join& join) override {
    if (join.token == "wrong") return {};
    if (join.token == "late") return {.why = "the token has expired"};
    return {.admitted = true, .owner = join.token.starts_with("of ") ? join.token : ""};
  }
};

class RoomsWorld {
 public:
  explicit RoomsWorld(const RoomLimits& limits = {}) : rooms(limits, admission_, random_) {}

  void open(int id, std::string_view room = "lobby", const IpAddress& network = {}) {
    rooms.open(now, connection(id), room, network);
    drain();
  }
  void say(int id, std::string_view text) {
    rooms.handle_text(now, connection(id), text);
    drain();
  }
  /// Opens a connection and joins, and forgets the answer unless it is looked at.
  void join(int id, const std::string& name, const std::string& more = {},
            std::string_view room = "lobby") {
    open(id, room);
    say(id, R"({"type":"join","name":")" + name + "\"" + more + "}");
  }
  void leave(int id, LeaveReason reason) {
    rooms.handle_closed(now, connection(id), reason);
    drain();
  }
  /// Lets time pass, waking the rooms when they asked for it.
  void wait(Duration span) {
    const Timestamp end = now + span;
    while (rooms.deadline() <= end) {
      now = std::max(now, rooms.deadline());
      rooms.handle_timeout(now);
      drain();
    }
    now = end;
  }

  /// Lets time pass while the server's timer is late.
  void jump(Duration span) { now += span; }

  /// What was sent to a connection since the last time.
  std::vector<std::string> heard(int id) { return std::exchange(sent_[id], {}); }
  void forget_all() { sent_.clear(); }
  std::uint16_t close_code(int id) const {
    const auto found = closed_.find(id);
    return found == closed_.end() ? std::uint16_t{0} : found->second;
  }

  Timestamp now{std::chrono::seconds(1000)};

 private:
  static ConnectionId connection(int id) { return ConnectionId(static_cast<std::uint64_t>(id)); }

  void drain() {
    while (auto action = rooms.poll_action()) {
      if (auto* send = std::get_if<SendText>(&*action)) {
        sent_[static_cast<int>(send->connection.value())].push_back(std::move(send->text));
      } else if (const auto* close = std::get_if<CloseConnection>(&*action)) {
        closed_[static_cast<int>(close->connection.value())] = close->code;
      }
    }
  }

  TestRandom random_;
  OpenAdmission admission_;
  std::map<int, std::vector<std::string>> sent_;
  std::map<int, std::uint16_t> closed_;

 public:
  Rooms rooms;
};

}  // namespace floe::signal::test
