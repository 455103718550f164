// The rooms as a machine: bytes choose who connects, what is said, who leaves and how time passes.
// Nobody is sent to who has gone, an input has few outputs, and a deadline that was handled is
// past.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "floe/json/document.h"
#include "floe/signal/message_codec.h"
#include "floe/signal/rooms.h"

namespace {

using namespace floe;
using namespace floe::signal;

void require(bool holds) {
  if (!holds) std::abort();
}

class CountingRandom final : public RandomSource {
 public:
  void fill(MutableBytes out) override {
    for (std::uint8_t& byte : out) byte = ++last_;
  }

 private:
  std::uint8_t last_ = 0;
};

class FuzzAdmission final : public Admission {
 public:
  JoinVerdict admit(ConnectionId, std::string_view, const Join& join) override {
    return {.admitted = join.token != "no", .owner = join.token};
  }
};

class Input {
 public:
  explicit Input(Bytes bytes) : bytes_(bytes) {}
  bool empty() const { return bytes_.empty(); }
  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t value = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return value;
  }
  std::string_view text(std::size_t size) {
    const Bytes taken = bytes_.first(std::min(size, bytes_.size()));
    bytes_ = bytes_.subspan(taken.size());
    return as_text(taken);
  }

 private:
  Bytes bytes_;
};

class Machine {
 public:
  void step(Input& input) {
    const std::uint8_t action = input.byte();
    const ConnectionId connection(action >> 4);
    switch (action & 7) {
      case 0:
        return open(connection, input.byte());
      case 1:
        return say(connection, join_text(input));
      case 2:
        return say(connection, message_text(input));
      case 3:
        return say(connection, input.text(input.byte()));
      case 4:
        return leave(connection, LeaveReason::timeout);
      case 5:
        return leave(connection, LeaveReason::closed);
      case 6:
        return wait(std::chrono::milliseconds(input.byte() * 10));
      default:
        return wait(std::chrono::seconds(input.byte()));
    }
  }

  void finish() {
    for (std::uint64_t id = 0; id < 16; ++id) leave(ConnectionId(id), LeaveReason::timeout);
    wait(std::chrono::hours(1));
    require(rooms_.room_count() == 0);
    require(rooms_.connection_count() == 0);
    require(rooms_.deadline() == kNever);
  }

 private:
  void open(ConnectionId connection, std::uint8_t room) {
    const std::string name = room % 16 == 15 ? "no/name" : std::to_string(room % 4);
    if (rooms_.open(now_, connection, name)) open_.insert(connection);
    drain();
  }

  void say(ConnectionId connection, std::string_view text) {
    rooms_.handle_text(now_, connection, text);
    drain();
  }

  void leave(ConnectionId connection, LeaveReason reason) {
    rooms_.handle_closed(now_, connection, reason);
    open_.erase(connection);
    drain();
  }

  void wait(Duration span) {
    const Timestamp end = now_ + span;
    while (rooms_.deadline() <= end) {
      now_ = std::max(now_, rooms_.deadline());
      rooms_.handle_timeout(now_);
      require(rooms_.deadline() > now_);
      drain();
    }
    now_ = end;
  }

  static std::string join_text(Input& input) {
    const std::uint8_t choice = input.byte();
    Join join{std::string(1, static_cast<char>('a' + choice % 4)), {}, {}};
    if (choice & 64) join.token = "no";
    if (choice & 128) join.resume = input.text(32);
    for (int count = choice >> 2 & 15; count > 0; --count) {  // 9 are too many
      join.offers.add(std::string(input.byte() % 68, 'o'));
    }
    return write_room_message(join);
  }

  static std::string message_text(Input& input) {
    const std::uint8_t choice = input.byte();
    const std::string to = choice & 1 ? "p" + std::to_string(input.byte() % 8) : "";
    const std::string ufrag = "frag" + std::to_string(choice >> 5);
    if (choice & 2) return write_message(CandidateMessage{ufrag, {"x"}}, {to, "p1", 1});
    Description description;
    description.credentials.ufrag = ufrag;
    description.candidates.resize(choice & 4 ? input.byte() % 70 : 0, {"x"});
    return write_message(description, {to, {}, {}});
  }

  void drain() {
    // 16 connections, and to the one who joins at most what was held twice.
    constexpr std::size_t kActionsMax = 64 + 2 * kHeldMessagesMax;
    std::size_t count = 0;
    while (auto action = rooms_.poll_action()) {
      require(++count <= kActionsMax);
      if (const auto* send = std::get_if<SendText>(&*action)) {
        require(open_.count(send->connection) == 1);
        require(send->text.size() <= kRelayedSizeMax);
        require(json::Document::parse(send->text, kRelayedLimits).has_value());
      } else if (const auto* close = std::get_if<CloseConnection>(&*action)) {
        require(open_.erase(close->connection) == 1);
      }
    }
  }

  FuzzAdmission admission_;
  CountingRandom random_;
  Timestamp now_{std::chrono::seconds(1)};
  std::set<ConnectionId> open_;
  Rooms rooms_{{.connections = 12,
                .waiting = 12,
                .rooms = 3,
                .peers_per_room = 4,
                .held_bytes = 4000,
                .held_bytes_per_room = 3000},
               admission_,
               random_};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Machine machine;
  Input input({data, size});
  while (!input.empty()) machine.step(input);
  machine.finish();
  return 0;
}
