// Signalling clients and the rooms, joined by channels in memory, on a clock that the test turns.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "floe/signal/rooms.h"
#include "floe/signal/signaling_driver.h"
#include "rooms_world.h"
#include "test_random.h"

namespace floe::signal::test {

class VirtualTime final : public Clock, public Timers {
 public:
  Timestamp now() const override { return now_; }

  std::unique_ptr<Timer> create(TimerListener& listener) override {
    return std::make_unique<Alarm>(*this, listener);
  }

  Timestamp next() const {
    Timestamp earliest = kNever;
    for (const auto& alarm : alarms_) earliest = std::min(earliest, alarm->when);
    return earliest;
  }
  void advance_to(Timestamp when) { now_ = std::max(now_, when); }
  /// Fires one alarm that is due. False: none is.
  bool fire() {
    for (Alarm* alarm : alarms_) {
      if (alarm->when > now_) continue;
      alarm->when = kNever;
      alarm->listener.handle_timeout(now_);
      return true;
    }
    return false;
  }

 private:
  struct Alarm final : Timer {
    Alarm(VirtualTime& owner, TimerListener& alarm_listener)
        : time(owner), listener(alarm_listener) {
      time.alarms_.push_back(this);
    }
    ~Alarm() override { std::erase(time.alarms_, this); }
    void arm(Timestamp at) override { when = at; }

    VirtualTime& time;
    TimerListener& listener;
    Timestamp when = kNever;
  };

  Timestamp now_{std::chrono::seconds(1000)};
  std::vector<Alarm*> alarms_;
};

/// What a client was told, a line each.
struct ClientLog final : SignalingListener {
  std::vector<std::string> lines;
  std::vector<Message> messages;
  SignalingDriver* renew_token_of = nullptr;
  SignalingDriver* leave_with_bye = nullptr;  // from inside on_peer_joined()

  void on_client_state(ClientState state) override { add("state " + std::string(to_text(state))); }
  void on_joined(std::string_view self, bool resumed) override {
    add((resumed ? "resumed " : "joined ") + std::string(self));
  }
  void on_peer_joined(const Peer& peer, ice::Role role) override {
    add("peer " + peer.id + " " + peer.name + ", this is " + std::string(ice::to_text(role)));
    if (leave_with_bye == nullptr) return;
    leave_with_bye->send(Bye{"inside"}, peer.id);
    leave_with_bye->leave();
  }
  void on_peer_left(std::string_view peer, LeaveReason reason) override {
    add("left " + std::string(peer) + " " + std::string(to_text(reason)));
  }
  void on_message(const Message& message, std::string_view from) override {
    messages.push_back(message);
    add("message " + std::string(type_of(message)) + " " + std::string(from));
  }
  void on_room_error(const RoomError& error) override {
    if (renew_token_of != nullptr) renew_token_of->set_token("right");
    add("error " + std::string(to_text(error.code)));
  }
  void on_bad_message(MessageError error) override { add("bad " + std::string(to_text(error))); }

  void add(std::string line) { lines.push_back(std::move(line)); }
  std::vector<std::string> take() { return std::exchange(lines, {}); }
};

/// The network between clients and rooms: it can be cut, and then it refuses.
class ClientWorld final : public MessageChannels {
 public:
  ClientWorld() : rooms(limits_, admission_, random_) {}

  std::unique_ptr<SignalingDriver> make_client(ClientLog& log, std::string name,
                                               std::string token = {}) {
    return std::make_unique<SignalingDriver>(
        static_cast<MessageChannels&>(*this), time, time, random_,
        ClientOptions{"wss://example.net/signal/lobby", std::move(name), std::move(token)}, log);
  }

  /// Lets everything happen that happens within `span`.
  void run(Duration span = Duration::zero()) {
    const Timestamp end = time.now() + span;
    settle();
    for (;;) {
      const Timestamp next = std::min(time.next(), rooms.deadline());
      if (next > end) break;
      time.advance_to(next);
      rooms.handle_timeout(time.now());
      while (time.fire()) settle();
      settle();
    }
    time.advance_to(end);
  }

  /// Every connection breaks without a word; new ones fail while it is cut.
  void cut() {
    is_cut = true;
    for (auto& [id, wire] : wires_) wire.broken = true;
    settle();
  }
  void mend() { is_cut = false; }
  /// What a server that is not ours would send.
  void inject(std::string text) {
    for (auto& [id, wire] : wires_) wire.down.push_back(text);
    settle();
  }
  std::size_t connection_count() const { return wires_.size(); }

  VirtualTime time;
  bool is_cut = false;
  bool is_blocked = false;  // channels take no message

 private:
  struct Wire {
    MessageChannelListener* listener = nullptr;
    bool opened = false;
    bool broken = false;
    std::uint16_t close_code = 0;  // set by either end
    std::deque<std::string> up;
    std::deque<std::string> down;
  };

  class Channel final : public MessageChannel {
   public:
    Channel(ClientWorld& world, std::uint64_t id) : world_(world), id_(id) {}
    ~Channel() override {
      const auto found = world_.wires_.find(id_);
      if (found == world_.wires_.end()) return;
      world_.wires_.erase(found);
      world_.rooms.handle_closed(world_.time.now(), ConnectionId(id_), LeaveReason::timeout);
    }
    bool send(MessageKind, Bytes message) override {
      const auto found = world_.wires_.find(id_);
      if (found == world_.wires_.end() || world_.is_blocked) return false;
      found->second.up.emplace_back(as_text(message));
      return true;
    }
    std::size_t buffered_bytes() const override { return 0; }
    void close(std::uint16_t code, std::string_view) override {
      const auto found = world_.wires_.find(id_);
      if (found != world_.wires_.end()) found->second.close_code = code;
    }

   private:
    ClientWorld& world_;
    std::uint64_t id_;
  };

  std::string problem_with(std::string_view url) override {
    return url.starts_with("ws") ? "" : "not a channel";
  }
  std::unique_ptr<MessageChannel> connect(std::string_view, std::string_view subprotocol,
                                          MessageChannelListener& listener) override {
    const std::uint64_t id = ++last_id_;
    Wire wire;
    wire.listener = &listener;
    wire.broken = is_cut || subprotocol != kSubprotocol;
    wires_.emplace(id, std::move(wire));
    return std::make_unique<Channel>(*this, id);
  }

  void settle() {
    for (bool moved = true; moved;) {
      moved = false;
      std::vector<std::uint64_t> ids;
      for (const auto& [id, wire] : wires_) ids.push_back(id);
      for (const std::uint64_t id : ids) moved = move(id) || moved;
      moved = act() || moved;
    }
  }

  bool move(std::uint64_t id) {
    const auto found = wires_.find(id);
    if (found == wires_.end()) return false;
    Wire& wire = found->second;
    if (!wire.opened && !wire.broken) {
      wire.opened = true;
      rooms.open(time.now(), ConnectionId(id), "lobby");
      wire.listener->on_channel_open();
      return true;
    }
    if (!wire.broken && !wire.up.empty()) {
      const std::string text = std::move(wire.up.front());
      wire.up.pop_front();
      rooms.handle_text(time.now(), ConnectionId(id), text);
      return true;
    }
    if (!wire.broken && !wire.down.empty()) {
      const std::string text = std::move(wire.down.front());
      wire.down.pop_front();
      wire.listener->on_channel_message(MessageKind::text, as_bytes(text));
      return true;
    }
    return wire.broken || wire.close_code != 0 ? end(id, wire) : false;
  }

  bool end(std::uint64_t id, const Wire& wire) {
    const auto code = wire.broken ? std::uint16_t{1006} : wire.close_code;
    MessageChannelListener* const listener = wire.listener;
    wires_.erase(id);
    rooms.handle_closed(time.now(), ConnectionId(id),
                        code == 1000 ? LeaveReason::closed : LeaveReason::timeout);
    listener->on_channel_closed({code, is_cut ? "cut" : ""});
    return true;
  }

  bool act() {
    bool acted = false;
    for (; auto action = rooms.poll_action(); acted = true) {
      if (auto* send = std::get_if<SendText>(&*action)) {
        const auto wire = wires_.find(send->connection.value());
        if (wire != wires_.end()) wire->second.down.push_back(std::move(send->text));
      } else if (const auto* close = std::get_if<CloseConnection>(&*action)) {
        const auto wire = wires_.find(close->connection.value());
        if (wire != wires_.end()) wire->second.close_code = close->code;
      }
    }
    return acted;
  }

  RoomLimits limits_;
  OpenAdmission admission_;
  TestRandom random_;
  std::uint64_t last_id_ = 0;
  std::map<std::uint64_t, Wire> wires_;

 public:
  Rooms rooms;
};

}  // namespace floe::signal::test
